package org.tongmai.console.server.patientindex;

import java.time.LocalDate;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.Masking;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.Guardianships;

/** Records who looks after whom (监护关系): the user gateway lets guardians see what is their wards'. */
@RestController
@RequestMapping("/api/patient-index/guardianships")
public class GuardianshipController {
    private final Guardianships guardianships;

    public GuardianshipController(Guardianships guardianships) {
        this.guardianships = guardianships;
    }

    /** Those of a person, by its id or that of a Patient of it; ended ones too. */
    @GetMapping
    List<GuardianshipView> of(@RequestParam String person, Authentication who) {
        boolean masked = !Masking.seesPatientData(who);
        return guardianships.of(person).stream()
                .map(found -> GuardianshipView.of(found, masked))
                .toList();
    }

    @PostMapping
    GuardianshipView record(@RequestBody Wanted wanted, Authentication who) {
        if (wanted.guardian() == null || wanted.ward() == null || wanted.kind() == null) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "guardian, ward, kind", "expected: two ids, MINOR or ADULT"));
        }
        Guardianship recorded = guardianships.record(
                new Guardianships.Appointment(
                        wanted.guardian(), wanted.ward(), wanted.kind(), wanted.from(), wanted.until()),
                PatientIndexController.by(who, wanted.reason()));
        return GuardianshipView.of(recorded, !Masking.seesPatientData(who));
    }

    @PostMapping("/{id}/end")
    GuardianshipView end(
            @PathVariable String id, @RequestBody PatientIndexController.Reason reason, Authentication who) {
        Guardianship ended =
                guardianships.end(MessageFilter.number(id, "id"), PatientIndexController.by(who, reason.reason()));
        return GuardianshipView.of(ended, !Masking.seesPatientData(who));
    }

    /**
     * A guardianship to be recorded.
     *
     * @param from first day; null for today
     * @param until first day it no longer holds; null for open
     */
    record Wanted(
            String guardian, String ward, Guardianship.Kind kind, LocalDate from, LocalDate until, String reason) {}
}

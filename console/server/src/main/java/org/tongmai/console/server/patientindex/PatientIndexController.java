package org.tongmai.console.server.patientindex;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.Masking;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndex;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.PatientIndex.IndexCounts;
import org.tongmai.standards.patientindex.Person;

/** Says who is one person (cross references), and lets people make and unmake persons. */
@RestController
@RequestMapping("/api/patient-index")
public class PatientIndexController {
    private final PatientIndex index;

    public PatientIndexController(PatientIndex index) {
        this.index = index;
    }

    @GetMapping
    IndexCounts counts() {
        return index.counts();
    }

    /** Finds the person by the id of a Patient of it, or by its own. */
    @GetMapping("/{id}")
    PersonView person(@PathVariable String id) {
        return PersonView.of(
                index.find(id).orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_PERSON, "id", ""))));
    }

    @GetMapping("/{id}/history")
    List<OperationView> history(@PathVariable String id, Authentication who) {
        boolean masked = !Masking.seesPatientData(who);
        return index.history(id).stream()
                .map(each -> OperationView.of(each, masked))
                .toList();
    }

    @PostMapping("/merge")
    OperationView merge(@RequestBody Merge merge, Authentication who) {
        String survivor = given(merge.survivor(), "survivor");
        return view(index.merge(survivor, given(merge.merged(), "merged"), by(who, merge.reason())));
    }

    @PostMapping("/operations/{id}/unmerge")
    OperationView unmerge(@PathVariable String id, @RequestBody Reason reason, Authentication who) {
        return view(index.unmerge(MessageFilter.number(id, "id"), by(who, reason.reason())));
    }

    @PostMapping("/link")
    OperationView link(@RequestBody Link link, Authentication who) {
        String patient = given(link.patient(), "patient");
        return view(index.link(patient, given(link.person(), "person"), by(who, link.reason())));
    }

    @PostMapping("/unlink")
    OperationView unlink(@RequestBody Link link, Authentication who) {
        return view(index.unlink(given(link.patient(), "patient"), by(who, link.reason())));
    }

    @PostMapping("/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void rebuild() {
        index.rebuild();
    }

    static By by(Authentication who, String reason) {
        return new By(who.getName(), reason);
    }

    private static OperationView view(IndexOperation operation) {
        return OperationView.of(operation, false);
    }

    private static String given(String value, String name) {
        if (value == null || value.isBlank()) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, name, "expected: an id"));
        }
        return value;
    }

    /** Two persons, each named by its own id or that of a Patient of it. */
    record Merge(String survivor, String merged, String reason) {}

    /** A record and a person. */
    record Link(String patient, String person, String reason) {}

    /** Why. */
    record Reason(String reason) {}

    /** A person with its records; no patient data. */
    record PersonView(String id, List<Member> members) {
        static PersonView of(Person person) {
            return new PersonView(
                    person.id(), person.members().stream().map(Member::of).toList());
        }
    }

    /** A record of a person. */
    record Member(String record, String patient, String href, int version, String state) {
        static Member of(IndexedRecord record) {
            return new Member(
                    Long.toString(record.number()),
                    record.patientId(),
                    "/fhir/Patient/" + record.patientId(),
                    record.version(),
                    record.state().name());
        }
    }
}

package org.tongmai.console.server.patientindex;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.Masking;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.PatientIndex;
import org.tongmai.standards.patientindex.Review;

/** Candidates that wait for a person, and the decisions. */
@RestController
@RequestMapping("/api/patient-index/reviews")
public class ReviewController {
    private static final int MOST = 200;

    private final PatientIndex index;

    public ReviewController(PatientIndex index) {
        this.index = index;
    }

    /** The most likely first. */
    @GetMapping
    List<ReviewView> reviews(
            @RequestParam(defaultValue = "OPEN") String state,
            @RequestParam(defaultValue = "50") int limit,
            Authentication who) {
        if (limit < 1 || limit > MOST) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "limit", "expected: 1 to " + MOST));
        }
        boolean masked = !Masking.seesPatientData(who);
        return index.reviews(state(state), limit).stream()
                .map(each -> ReviewView.of(each, masked))
                .toList();
    }

    @GetMapping("/{id}")
    ReviewView review(@PathVariable String id, Authentication who) {
        return index.review(MessageFilter.number(id, "id"))
                .map(each -> ReviewView.of(each, !Masking.seesPatientData(who)))
                .orElseThrow(() -> new CodedException(Issue.of(ConsoleError.NO_SUCH_REVIEW, "id", "")));
    }

    @PostMapping("/{id}/approve")
    OperationView approve(
            @PathVariable String id, @RequestBody PatientIndexController.Reason reason, Authentication who) {
        return OperationView.of(
                index.approve(MessageFilter.number(id, "id"), PatientIndexController.by(who, reason.reason())), false);
    }

    @PostMapping("/{id}/reject")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reject(@PathVariable String id, @RequestBody PatientIndexController.Reason reason, Authentication who) {
        index.reject(MessageFilter.number(id, "id"), PatientIndexController.by(who, reason.reason()));
    }

    private static Review.State state(String name) {
        try {
            return Review.State.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CodedException(
                    Issue.of(ConsoleError.BAD_PARAMETER, "state", "expected: open, approved, rejected or settled"));
        }
    }
}

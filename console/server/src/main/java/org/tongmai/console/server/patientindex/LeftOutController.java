package org.tongmai.console.server.patientindex;

import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.PatientIndex;

/** What could not be indexed, and having it tried again. */
@RestController
@RequestMapping("/api/patient-index/left-out")
public class LeftOutController {
    private static final int MOST = 200;

    private final PatientIndex index;

    public LeftOutController(PatientIndex index) {
        this.index = index;
    }

    /** The latest first. */
    @GetMapping
    List<LeftOutView> leftOut(@RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, "limit", "expected: 1 to " + MOST));
        }
        return index.leftOut(limit).stream().map(LeftOutView::of).toList();
    }

    @PostMapping("/try-again")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void tryAgain() {
        index.tryAgain();
    }

    /** A resource, and why it is not in the index; no patient data. */
    record LeftOutView(String resource, String href, int version, Instant at, int attempts, String cause) {
        static LeftOutView of(LeftOut each) {
            String resource = each.type() + "/" + each.id();
            return new LeftOutView(
                    resource, "/fhir/" + resource, each.version(), each.at(), each.attempts(), each.cause());
        }
    }
}

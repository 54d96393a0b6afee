package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings.Judging;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

/** Judges what is to be stored by FHIR R4 and the canonical profile of its type. */
final class Judgement {
    private static final int MOST_ISSUES = 50;
    private static final String REFERENCE = "reference";

    private static final byte[] SMALLEST =
            "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"-\"}}".getBytes(StandardCharsets.UTF_8);

    private final ResourceValidator validator;
    private final Judging judging;
    private final AtomicBoolean ready = new AtomicBoolean();

    Judgement(ResourceValidator validator, Judging judging) {
        this.validator = validator;
        this.judging = judging;
    }

    /** Refuses with every error of all resources, each with its element and rule; never the words, which quote it. */
    void require(List<Change> changes) {
        if (judging == Judging.NOTHING) {
            return;
        }
        List<Issue> issues = new ArrayList<>();
        for (Change change : changes) {
            if (change.resource() == null && !ready.get()) {
                // What a patch leads to is judged on a patient's worker, which must not wait for definitions to be
                // loaded.
                validator.validate(new ValidationRequest(SMALLEST, ValidationRequest.Format.JSON, List.of()));
                ready.set(true);
            }
            if (change.resource() != null && issues.size() < MOST_ISSUES) {
                judge(change, issues);
            }
        }
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
    }

    private void judge(Change change, List<Issue> issues) {
        JsonNode resource = change.resource().deepCopy();
        withoutSearches(resource);
        byte[] json = resource.toString().getBytes(StandardCharsets.UTF_8);
        List<String> profiles = validator.profile(change.type()).map(List::of).orElse(List.of());
        ValidationReport report =
                validator.validate(new ValidationRequest(json, ValidationRequest.Format.JSON, profiles));
        for (ValidationReport.Finding finding : report.findings()) {
            if (finding.wrong() && issues.size() < MOST_ISSUES) {
                issues.add(Issue.of(FhirError.RULE_BROKEN, change.at(finding.location()), "rule " + ruleOf(finding)));
            }
        }
    }

    /** A reference by a search becomes one by id before it is stored; FHIR knows it in requests only. */
    private static void withoutSearches(JsonNode node) {
        JsonNode reference = node.path(REFERENCE);
        int search = reference.asText().indexOf('?');
        if (search > 0 && node instanceof ObjectNode object && reference.isTextual()) {
            object.put(REFERENCE, reference.asText().substring(0, search) + "/found");
        }
        node.forEach(Judgement::withoutSearches);
    }

    private static String ruleOf(ValidationReport.Finding finding) {
        return finding.rule().isEmpty() ? finding.type() : finding.rule();
    }
}

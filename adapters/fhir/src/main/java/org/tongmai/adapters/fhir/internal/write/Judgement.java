package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings.Judging;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;

/** Judges what is to be stored by FHIR R4 and the canonical profile of its type. */
final class Judgement {
    private static final int MOST_ISSUES = 50;
    private static final String REFERENCE = "reference";

    /** The validator compares them with each other. */
    private static final int MOST_CONTAINED = 200;

    private final ResourceValidator validator;
    private final Judging judging;

    Judgement(ResourceValidator validator, Judging judging) {
        this.validator = validator;
        this.judging = judging;
    }

    /** The time for judging all that came in one HTTP request, so that nobody holds the validator for long. */
    static final class Budget {
        private static final Duration ALL = Duration.ofSeconds(20);

        private Duration left;

        Budget() {
            this(ALL);
        }

        Budget(Duration left) {
            this.left = left;
        }

        private void require(Change change) {
            if (left.isNegative() || left.isZero()) {
                throw ChangeReader.refuse(
                        FhirError.BODY_TOO_COSTLY,
                        change.at(change.type()),
                        "expected all of it to be judged within " + ALL);
            }
        }

        private void spend(long since) {
            left = left.minusNanos(System.nanoTime() - since);
        }
    }

    /** Refuses with every error of all resources, each with its element and rule; never the words, which quote it. */
    void require(List<Change> changes, Budget budget) {
        List<Issue> issues = new ArrayList<>();
        for (Change change : changes) {
            if (issues.size() < MOST_ISSUES) {
                issues.addAll(issues(change, wrong(change, change.resource(), budget)));
            }
        }
        refuse(issues);
    }

    /** Refuses with what is wrong in the resource and was not in the stored one: a patch need not mend what it found. */
    void requireNoWorse(Change change, ObjectNode stored, Budget budget) {
        List<Finding> wrong = new ArrayList<>(wrong(change, change.resource(), budget));
        if (!wrong.isEmpty()) {
            List<String> known = new ArrayList<>(wrong(change, stored, budget).stream()
                    .map(Judgement::anywhere)
                    .toList());
            wrong.removeIf(each -> known.remove(anywhere(each)));
        }
        refuse(issues(change, wrong));
    }

    /** A finding whatever its place in a list, which a patch may move. */
    private static String anywhere(Finding finding) {
        return finding.rule() + " " + finding.location().replaceAll("\\[\\d+]", "") + " " + finding.text();
    }

    private static void refuse(List<Issue> issues) {
        if (!issues.isEmpty()) {
            throw new CodedException(issues.subList(0, Math.min(MOST_ISSUES, issues.size())), null);
        }
    }

    private static List<Issue> issues(Change change, List<Finding> wrong) {
        return wrong.stream()
                .map(each -> Issue.of(FhirError.RULE_BROKEN, change.at(each.location()), "rule " + ruleOf(each)))
                .toList();
    }

    private List<Finding> wrong(Change change, ObjectNode content, Budget budget) {
        if (judging == Judging.NOTHING) {
            return List.of();
        }
        int contained = contained(content);
        if (contained > MOST_CONTAINED) {
            throw ChangeReader.refuse(
                    FhirError.BODY_TOO_COSTLY,
                    change.at(change.type() + ".contained"),
                    "found " + contained + ", expected at most " + MOST_CONTAINED + " contained resources");
        }
        budget.require(change);
        JsonNode resource = content.deepCopy();
        withoutSearches(resource);
        byte[] json = resource.toString().getBytes(StandardCharsets.UTF_8);
        List<String> profiles = validator.profile(change.type()).map(List::of).orElse(List.of());
        long since = System.nanoTime();
        try {
            return validator
                    .validate(new ValidationRequest(json, ValidationRequest.Format.JSON, profiles))
                    .findings()
                    .stream()
                    .filter(Finding::wrong)
                    .toList();
        } finally {
            budget.spend(since);
        }
    }

    private static int contained(JsonNode node) {
        int sum = node.path("contained").size();
        for (JsonNode child : node) {
            sum += contained(child);
        }
        return sum;
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

    private static String ruleOf(Finding finding) {
        return finding.rule().isEmpty() ? finding.type() : finding.rule();
    }
}

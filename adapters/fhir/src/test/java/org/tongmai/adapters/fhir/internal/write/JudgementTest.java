package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings.Judging;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;

class JudgementTest {
    private final NamesAreWrong validator = new NamesAreWrong();
    private final Judgement judgement = new Judgement(validator, Judging.PROFILES);

    /** Finds every family name wrong, and says which. */
    private static final class NamesAreWrong implements ResourceValidator {
        private int asked;

        @Override
        public ValidationReport validate(ValidationRequest request) {
            asked++;
            List<Finding> findings = new ArrayList<>();
            ObjectNode resource = Stored.tree(new String(request.content(), StandardCharsets.UTF_8));
            for (int i = 0; i < resource.path("name").size(); i++) {
                String family = resource.path("name").path(i).path("family").asText();
                findings.add(new Finding(Severity.ERROR, "value", "rule", "Patient.name[" + i + "]", family));
            }
            return new ValidationReport(findings);
        }

        @Override
        public Optional<String> profile(String type) {
            return Optional.empty();
        }
    }

    @Test
    void a_patch_need_not_mend_what_it_finds() {
        Change patched = change(named("B", "A"));
        judgement.requireNoWorse(patched, Stored.tree(named("A", "B")), new Judgement.Budget());
    }

    @Test
    void a_patch_may_not_add_what_is_wrong() {
        assertThatThrownBy(() -> judgement.requireNoWorse(
                        change(named("A", "A", "C")), Stored.tree(named("A", "B")), new Judgement.Budget()))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(issue -> issue.location())
                        .containsExactly("Patient.name[1]", "Patient.name[2]"));
    }

    @Test
    void many_contained_resources_are_refused_before_they_are_judged() {
        String contained =
                "{\"resourceType\":\"Patient\",\"contained\":[{\"contained\":[" + "{},".repeat(199) + "{}]}]}";
        assertThatThrownBy(() -> judgement.require(List.of(change(contained)), new Judgement.Budget()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(FhirError.BODY_TOO_COSTLY));
        assertThat(validator.asked).isZero();
    }

    @Test
    void all_that_comes_with_one_request_has_one_budget_of_time() {
        Judgement.Budget budget = new Judgement.Budget(Duration.ofNanos(1));
        judgement.require(List.of(change(named())), budget);
        assertThatThrownBy(() -> judgement.require(List.of(change(named())), budget))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(FhirError.BODY_TOO_COSTLY));
        assertThat(validator.asked).isEqualTo(1);
    }

    private static String named(String... families) {
        StringBuilder names = new StringBuilder();
        for (String family : families) {
            names.append(names.isEmpty() ? "" : ",")
                    .append("{\"family\":\"")
                    .append(family)
                    .append("\"}");
        }
        return "{\"resourceType\":\"Patient\",\"name\":[" + names + "]}";
    }

    private static Change change(String json) {
        Change.Conditions none = new Change.Conditions(WriteRule.ANY, "");
        return new Change("", Change.Verb.CREATE, "Patient", "", "", none, "", Stored.tree(json), null);
    }
}

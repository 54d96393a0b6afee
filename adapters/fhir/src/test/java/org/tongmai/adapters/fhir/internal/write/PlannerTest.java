package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.internal.write.Planner.Run;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

class PlannerTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-26T08:00:00.000400Z");
    private static final Instant BEFORE = Instant.parse("2026-11-26T07:59:59Z");
    private static final Instant SINCE = Instant.parse("2026-11-26T08:00:00Z");
    private static final String ID = CanonicalIds.idFor("Patient", "urn:a", "1");
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"" + ID
            + "\",\"identifier\":[{\"system\":\"urn:a\",\"value\":\"1\"}],\"gender\":\"female\"}";
    private static final String BODY = PATIENT.replace("\"id\":\"" + ID + "\",", "");
    private static final String PATCH = "[{\"op\":\"replace\",\"path\":\"/gender\",\"value\":\"male\"}]";

    private final Stored store = new Stored();
    private final RequestReading reading = new RequestReading(store, new NothingWrong(), FhirSettings.defaults());
    private final Planner planner = new Planner(reading.types(), store, FhirSettings.defaults());

    /** Judges nothing; what it was asked is told elsewhere. */
    private static final class NothingWrong implements ResourceValidator {
        @Override
        public ValidationReport validate(ValidationRequest request) {
            return new ValidationReport(List.of());
        }

        @Override
        public Optional<String> profile(String type) {
            return Optional.empty();
        }
    }

    @Test
    void an_update_that_finds_nothing_does_not_replace_what_has_its_identifier() {
        store.put(PATIENT, BEFORE);
        refuses(FhirError.PRECONDITION_FAILED, () -> put("/Patient?identifier=urn:a%7Cother", Map.of(), BODY));
    }

    @Test
    void an_update_that_finds_nothing_expects_nothing_to_be_there() {
        CanonicalResource planned = put("/Patient?identifier=urn:a%7C1", Map.of(), BODY);
        assertThat(planned.id()).isEqualTo(ID);
        assertThat(planned.rule()).isEqualTo(new WriteRule(WriteRule.Mode.REPLACE, 0));
    }

    @Test
    void an_update_of_what_must_be_there_is_refused_when_it_is_not() {
        Map<String, String> any = Map.of(RawRequest.IF_MATCH, "*");
        refuses(FhirError.PRECONDITION_FAILED, () -> put("/Patient/" + ID, any, PATIENT));
        store.put(PATIENT, BEFORE);
        assertThat(put("/Patient/" + ID, any, PATIENT).rule().expectedVersion()).isEqualTo(WriteRule.ANY);
    }

    @Test
    void an_update_of_what_must_not_be_there_is_refused_when_it_is() {
        Map<String, String> none = Map.of(RawRequest.IF_NONE_MATCH, "*");
        assertThat(put("/Patient/" + ID, none, PATIENT).rule().expectedVersion())
                .isZero();
        store.put(PATIENT, BEFORE);
        refuses(FhirError.PRECONDITION_FAILED, () -> put("/Patient/" + ID, none, PATIENT));
    }

    @Test
    void an_update_played_again_does_not_take_back_what_was_written_since() {
        Submission update = read("PUT", "/Patient/" + ID, Map.of(), PATIENT);
        store.put(PATIENT, SINCE);
        refuses(FhirError.WRITTEN_SINCE, () -> planner.plan(update, message(), Run.REPLAYED));
        assertThat(planner.plan(update, message(), Run.RECEIVED).before()).containsExactly(3);
        store.put(PATIENT, BEFORE);
        assertThat(planner.plan(update, message(), Run.REPLAYED).before()).containsExactly(3);
    }

    @Test
    void a_patch_expects_the_version_it_was_judged_on() {
        store.put(PATIENT, BEFORE);
        Submission patch = judged(patch());
        CanonicalResource planned = planner.plan(patch, message(), Run.RECEIVED)
                .bundle()
                .resources()
                .get(0);
        assertThat(planned.content().path("gender").asText()).isEqualTo("male");
        assertThat(planned.rule()).isEqualTo(new WriteRule(WriteRule.Mode.REPLACE, 3));
    }

    @Test
    void a_patch_that_can_not_be_applied_is_refused_when_it_is_known_to_be_the_first() {
        Submission patch = judged(patch());
        assertThat(patch.changes().get(0).resource()).isNull();
        store.put(PATIENT, SINCE);
        refuses(FhirError.NOT_FOUND, () -> planner.plan(patch, message(), Run.RECEIVED));
    }

    @Test
    void a_patch_accepted_before_a_crash_is_applied_to_what_it_was_judged_on_only() {
        store.put(PATIENT, BEFORE);
        assertThat(planner.plan(patch(), message(), Run.RECEIVED).before()).containsExactly(3);
        store.put(PATIENT, SINCE);
        refuses(FhirError.WRITTEN_SINCE, () -> planner.plan(patch(), message(), Run.RECEIVED));
    }

    @Test
    void a_patch_played_again_does_not_take_back_what_was_written_since() {
        store.put(PATIENT, SINCE);
        refuses(FhirError.WRITTEN_SINCE, () -> planner.plan(judged(patch()), message(), Run.REPLAYED));
    }

    private CanonicalResource put(String target, Map<String, String> headers, String body) {
        Submission judged = judged(read("PUT", target, headers, body));
        return planner.plan(judged, message(), Run.RECEIVED)
                .bundle()
                .resources()
                .get(0);
    }

    private Submission patch() {
        return read("PATCH", "/Patient/" + ID, Map.of(RawRequest.CONTENT_TYPE, "application/json-patch+json"), PATCH);
    }

    private Submission read(String method, String target, Map<String, String> headers, String body) {
        return reading.reader().read(new RawRequest(method, target, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private Submission judged(Submission submission) {
        return reading.judged(submission, new Judgement.Budget());
    }

    private static ReceivedMessage message() {
        MessageKeys keys = new MessageKeys("s", "", "c", "t", "4.0.1", "", "", "", List.of());
        return new ReceivedMessage("fhir:request", new byte[0], StandardCharsets.UTF_8, "", keys, "", RECEIVED);
    }

    private static void refuses(FhirError error, ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(error));
    }
}

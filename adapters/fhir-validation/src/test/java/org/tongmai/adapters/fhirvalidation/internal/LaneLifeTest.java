package org.tongmai.adapters.fhirvalidation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

/** HL7's validator keeps what it saw, so another takes its place in time; nobody who asks for a verdict notices. */
class LaneLifeTest {
    /** One place and no patience: whoever had to wait for the new lane would be refused. */
    private static final ValidationSettings SETTINGS =
            new ValidationSettings(1, Duration.ZERO, Duration.ofSeconds(30), 2 << 20, 64, 50_000, Set.of());

    private static final List<String> RESOURCES = List.of(
            basic("http://terminology.hl7.org/CodeSystem/basic-resource-type", "consent"),
            basic("http://terminology.hl7.org/CodeSystem/basic-resource-type", "no-such-code"),
            basic("urn:tongmai:code-system:gbt-2260", "999997"));

    private static ExecutorService workers;
    private static Engine engine;

    @BeforeAll
    static void load() {
        workers = Executors.newCachedThreadPool();
        Engine.Parts parts =
                new Engine.Parts(Terminology.load(), CanonicalProfiles.load(IdentifierSystems.load()), null);
        engine = Engine.prepare(SETTINGS, parts, workers);
    }

    @AfterAll
    static void stop() {
        workers.shutdownNow();
    }

    @Test
    void a_lane_is_replaced_in_time_and_neither_verdicts_nor_waiting_nor_what_is_kept_change() throws Exception {
        List<ValidationReport> first = new ArrayList<>();
        for (String resource : RESOURCES) {
            first.add(engine.validate(request(resource)));
        }
        assertThat(first.get(0).valid()).isTrue();
        assertThat(first.get(1).valid()).isFalse();

        Set<Lane> lanes = Collections.newSetFromMap(new IdentityHashMap<>());
        int most = 0;
        for (int i = 0; i < 2 * Lane.LIFE + Lane.LIFE / 2; i++) {
            int kind = i % RESOURCES.size();
            assertThat(engine.validate(request(RESOURCES.get(kind))).findings())
                    .as("verdict " + i)
                    .isEqualTo(first.get(kind).findings());
            assertThat(engine.idle()).as("places after " + i).hasSize(1);
            Lane lane = engine.idle().get(0);
            lanes.add(lane);
            most = Math.max(most, kept(lane));
        }
        assertThat(lanes).as("two were replaced").hasSize(3);
        assertThat(most).as("codings of one life").isBetween(Lane.LIFE / 2, Lane.LIFE);
    }

    /** How many codings HL7's validator holds; it does not say so itself. */
    private static int kept(Lane lane) throws ReflectiveOperationException {
        Object validator = read(lane, "validator");
        return ((Collection<?>) read(read(validator, "codingObserver"), "list")).size();
    }

    private static Object read(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private static String basic(String system, String code) {
        return "{\"resourceType\":\"Basic\",\"code\":{\"coding\":[{\"system\":\"" + system + "\",\"code\":\"" + code
                + "\"}]}}";
    }

    private static ValidationRequest request(String resource) {
        return new ValidationRequest(resource.getBytes(StandardCharsets.UTF_8), Format.JSON, List.of());
    }
}

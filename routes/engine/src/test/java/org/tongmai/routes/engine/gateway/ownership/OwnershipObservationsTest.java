package org.tongmai.routes.engine.gateway.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.OwnershipProposal;
import org.tongmai.routes.engine.gateway.rules.AccessRule;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.patientindex.PersonIdentifier;

class OwnershipObservationsTest {
    private static final PersonIdentifier USER = new PersonIdentifier("urn:test", "u-1");
    private static final HttpAnswer FINE = new HttpAnswer(200, HttpFields.NONE, new byte[0]);

    private final AtomicLong now = new AtomicLong();
    private final OwnershipResolver owners = new OwnershipResolver(questions -> Map.of());
    private final OwnershipObservations observations = new OwnershipObservations(owners, now::get, Runnable::run);

    @AfterEach
    void close() {
        owners.close();
    }

    @Test
    void a_name_that_a_caller_chose_is_kept_only_when_it_can_not_be_a_value() {
        Service service = service("s", "/s/{id}");
        String query = "id=u-1&%E5%BC%A0%E4%B8%89=u-1&a1b2c3d4=u-1&who%20knows=u-1";
        String body = "{\"mine\":\"u-1\",\"张三\":\"u-1\",\"110101\":{\"x\":\"u-1\"},\"a\":[{\"b\":\"u-1\"}]}";

        call(service, query, body);

        assertThat(observations.proposals("s").stream()
                        .map(each -> each.policy().in() + " " + each.policy().name()))
                .containsExactlyInAnyOrder("PATH id", "QUERY id", "BODY /mine", "BODY /a/*/b");
    }

    @Test
    void a_service_that_was_not_called_for_a_day_makes_room_and_one_that_was_does_not() {
        for (int i = 0; i < 100; i++) {
            call(service("s-" + i, "/s/{id}"), "", "");
        }
        pass(Duration.ofHours(20));
        call(service("s-7", "/s/{id}"), "", "");
        call(service("late", "/s/{id}"), "", "");
        assertThat(observations.proposals("late")).isEmpty();

        pass(Duration.ofHours(5));
        call(service("late", "/s/{id}"), "", "");

        assertThat(observations.proposals("late")).hasSize(1);
        assertThat(observations.proposals("s-7"))
                .singleElement()
                .extracting(OwnershipProposal::calls)
                .isEqualTo(2L);
        assertThat(observations.proposals("s-8")).isEmpty();
    }

    @Test
    void what_was_seen_under_another_path_does_not_count() {
        call(service("s", "/s/{id}"), "", "");
        call(service("s", "/t/{id}"), "", "");

        assertThat(observations.proposals("s"))
                .singleElement()
                .extracting(OwnershipProposal::calls)
                .isEqualTo(1L);
    }

    @Test
    void the_thread_of_the_call_reads_nothing() {
        List<Runnable> later = new ArrayList<>();
        OwnershipObservations lazy = new OwnershipObservations(owners, now::get, later::add);
        HttpCall call = new HttpCall("GET", "/s/u-1", "", HttpFields.NONE, new byte[0], "127.0.0.1");

        pass(Duration.ofSeconds(1));
        lazy.saw(service("s", "/s/{id}"), call, FINE, USER);

        assertThat(lazy.proposals("s")).isEmpty();
        assertThat(later).hasSize(1);
        later.get(0).run();
        assertThat(lazy.proposals("s")).hasSize(1);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void call(Service service, String query, String body) {
        pass(Duration.ofSeconds(1));
        HttpFields fields = HttpFields.of("content-type", "application/json");
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        HttpCall call = new HttpCall("POST", "/s/u-1", query, fields, content, "127.0.0.1");
        observations.saw(service, call, FINE, USER);
    }

    private static Service service(String id, String path) {
        OwnershipRule rule = new OwnershipRule(OwnershipRule.Mode.LEARN, null, null);
        AccessRule access = new AccessRule(AccessRule.Identity.USER, null, null, null, null, null, rule);
        return new Service(id, null, null, null, null, null, null, path, null, null, access, null, null, null);
    }
}

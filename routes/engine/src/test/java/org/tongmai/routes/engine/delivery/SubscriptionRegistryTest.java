package org.tongmai.routes.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;

class SubscriptionRegistryTest {
    private final SubscriptionRegistry registry = new SubscriptionRegistry();

    @Test
    void a_star_subscribes_to_every_topic() {
        registry.register(new Subscription("results", "b.y", "hl7v2:message"));
        registry.register(new Subscription("*", "a.x", ""));
        assertThat(registry.destinationsFor("results", "hl7v2:message")).containsExactly("a.x", "b.y");
        assertThat(registry.destinationsFor("results", "fhir:request")).containsExactly("a.x");
        assertThat(registry.destinationsFor("other", "hl7v2:message")).containsExactly("a.x");
        registry.remove("a.x");
        assertThat(registry.destinationsFor("other", "hl7v2:message")).isEmpty();
    }

    @Test
    void wrong_options_name_the_option_and_what_was_expected() {
        assertThatThrownBy(() -> Delivering.of(Map.of("topic", "t", "destination", "a.x", "batch", "many")))
                .hasMessage("batch (expected: a whole number)");
        assertThatThrownBy(() ->
                        Delivering.of(Map.of("topic", "t", "destination", "a.x", "batch", "2", "payload", "original")))
                .hasMessage("batch (expected: 1 when payload is original)");
        assertThatThrownBy(() -> Delivering.of(Map.of("destination", "a.x"))).hasMessageStartingWith("topic");
    }
}

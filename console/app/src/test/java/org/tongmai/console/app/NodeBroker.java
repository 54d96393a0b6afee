package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The broker that lives in a node, as Jolokia shows it. */
final class NodeBroker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "org.apache.activemq.artemis:broker=\"tongmai\"";

    private final PlatformClient client;

    NodeBroker(PlatformClient client) {
        this.client = client;
    }

    /** Stops it without a farewell, as {@code forceFailover} says, and waits until its node has started it once more. */
    void kill(Duration limit) {
        long killed = System.nanoTime();
        JsonNode answer = ask(Map.of("type", "exec", "mbean", NAME, "operation", "forceFailover"));
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
        await("another start of the broker").atMost(limit).until(() -> {
            long running = read(NAME, "UptimeMillis").asLong();
            return running > 0 && running < TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
        });
    }

    private JsonNode read(String mbean, String attribute) {
        return ask(Map.of("type", "read", "mbean", mbean, "attribute", attribute))
                .path("value");
    }

    private JsonNode ask(Map<String, String> request) {
        try {
            return client.post("administrator", "/actuator/jolokia", JSON.writeValueAsString(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

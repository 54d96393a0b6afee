package org.tongmai.routes.engine.delivery;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a destination wants its deliveries: what is written at {@code canonical:subscribe}.
 *
 * @param topic canonical channel, or {@code *}
 * @param destination route id of the delivering route
 * @param batch deliveries that travel together at most, 1 to 5000
 * @param lanes batches under way at the same time, 1 to 64; one patient is always in the same lane
 * @param payload what the exchange carries
 * @param format data type of the messages it wants, for example {@code hl7v2:message}; empty for any
 * @param types resource types a canonical batch carries; empty for all of them
 * @param linger how long a batch waits to be filled
 */
public record Delivering(
        String topic,
        String destination,
        int batch,
        int lanes,
        Payload payload,
        String format,
        Set<String> types,
        Duration linger) {

    /** Names no resource type: the batch carries events only. */
    public static final String NO_TYPE = "none";

    /** What an exchange of a delivering route carries. */
    public enum Payload {
        /** A {@link org.tongmai.standards.canonical.CanonicalBatch}. */
        CANONICAL,
        /** The {@link org.tongmai.standards.exchange.ReceivedMessage} as it came in; one a time. */
        ORIGINAL
    }

    public Delivering {
        require(!topic.isBlank(), "topic", "a canonical channel or *");
        require(!destination.isBlank(), "destination", "a route id");
        require(batch >= 1 && batch <= 5000, "batch", "1 to 5000");
        require(lanes >= 1 && lanes <= 64, "lanes", "1 to 64");
        require(payload == Payload.CANONICAL || batch == 1, "batch", "1 when payload is original");
    }

    /**
     * Reads the options as written; {@code linger} in milliseconds.
     *
     * @throws IllegalArgumentException naming the option and what was expected
     */
    public static Delivering of(Map<String, Object> options) {
        return new Delivering(
                text(options, "topic", ""),
                text(options, "destination", ""),
                number(options, "batch", 1),
                number(options, "lanes", 1),
                payload(text(options, "payload", "canonical")),
                text(options, "format", ""),
                types(text(options, "types", "")),
                Duration.ofMillis(number(options, "linger", 200)));
    }

    /** Says whether the batch is to carry resources of this type. */
    public boolean carries(String type) {
        return types.isEmpty() || types.contains(type);
    }

    /** Name of the file that a batch becomes. Numbers are unique over destinations, so the route's own name is enough. */
    public String fileName(long batchId) {
        return destination.substring(destination.lastIndexOf('.') + 1) + "-" + batchId + ".csv";
    }

    private static Set<String> types(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split("\\s*,\\s*"));
    }

    private static Payload payload(String text) {
        require(text.equals("canonical") || text.equals("original"), "payload", "canonical or original");
        return Payload.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static String text(Map<String, Object> options, String name, String otherwise) {
        return String.valueOf(options.getOrDefault(name, otherwise));
    }

    private static int number(Map<String, Object> options, String name, int otherwise) {
        String text = text(options, name, String.valueOf(otherwise));
        require(text.matches("\\d{1,9}"), name, "a whole number");
        return Integer.parseInt(text);
    }

    private static void require(boolean holds, String name, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " (expected: " + expected + ")");
        }
    }
}

package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Every value that a row read for the resources of a bundle, also where another row wrote over it. */
public final class ReadValues implements Tracer {
    private final List<Event> events = new ArrayList<>();
    private final Map<JsonNode, JsonNode> joined = new IdentityHashMap<>();

    private record Event(ObjectNode parent, Value value) {}

    /**
     * One value read.
     *
     * @param source as in a lineage
     * @param table concept map used, or empty
     * @param text as it stands in the message
     */
    public record Value(String source, String table, String text) {}

    private ReadValues() {}

    /** The values read of a message, in the order of writing. */
    public static List<Value> of(Hl7Message message, MappingPlans plans) {
        ReadValues tracer = new ReadValues();
        CanonicalBundle bundle = plans.trace(message, tracer);
        Set<JsonNode> there = Collections.newSetFromMap(new IdentityHashMap<>());
        bundle.resources().stream().map(CanonicalResource::content).forEach(content -> collect(content, there));
        return tracer.events.stream()
                .filter(event -> there.contains(tracer.whole(event.parent())))
                .map(Event::value)
                .toList();
    }

    private static void collect(JsonNode node, Set<JsonNode> there) {
        there.add(node);
        node.forEach(child -> collect(child, there));
    }

    private JsonNode whole(JsonNode part) {
        JsonNode whole = part;
        while (joined.containsKey(whole)) {
            whole = joined.get(whole);
        }
        return whole;
    }

    @Override
    public void wrote(MapRun run, TargetPath.Place place, Hl7Value read, JsonNode written) {
        JsonNode there = place.value();
        if (there != written && there instanceof ObjectNode) {
            joined.put(written, there);
        }
        if (read != null && read.offset() >= 0 && !read.raw().isEmpty()) {
            events.add(new Event(
                    place.parent(), new Value(run.location(), run.row().table(), read.raw())));
        }
    }

    @Override
    public void joined(ObjectNode from, ObjectNode into) {
        joined.put(from, into);
    }
}

package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.Lineage;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * Collects what every row wrote and into which object; when the message is mapped, finds each object in the result, so
 * that what was written over, or in a resource that was left out, is not told.
 */
final class LineageTracer implements Tracer {
    private final List<Event> events = new ArrayList<>();
    private final Map<JsonNode, ObjectNode> joined = new IdentityHashMap<>();

    private record Event(ObjectNode parent, String name, int index, JsonNode written, Lineage origin) {}

    private record Where(String resource, String path) {}

    @Override
    public void wrote(MapRun run, TargetPath.Place place, Hl7Value read, JsonNode written) {
        JsonNode there = place.value();
        if (there != written && there instanceof ObjectNode into) {
            joined.put(written, into);
        }
        RowPlan row = run.row();
        Lineage origin = new Lineage(
                "",
                "",
                run.location(),
                read == null ? -1 : read.offset(),
                row.at().file(),
                row.at().line(),
                row.table(),
                read == null ? "" : read.raw(),
                "");
        events.add(new Event(place.parent(), place.name(), place.index(), there, origin));
    }

    @Override
    public void made(ResourceRun resource) {
        MapRun run = resource.source();
        ObjectNode content = resource.content();
        String inside = run.parent() == null ? "" : run.parent().location();
        for (MapPlan.IdentityPlan alternative : run.plan().identity()) {
            Identities.Key key = alternative.function().of(run, alternative.from());
            if (key != null && key.equals(resource.key())) {
                FieldPath from = alternative.from().get(0);
                Hl7Value read = from.resolve(run);
                String source = (from.relative() ? inside : "") + from;
                MapRow.At at = alternative.at();
                Lineage origin = new Lineage("", "", source, read.offset(), at.file(), at.line(), "", read.raw(), "");
                events.add(new Event(content, "id", -1, content.path("id"), origin));
                return;
            }
        }
        // known by its place in the message
        String source = inside.isEmpty() ? run.currentSegment().name() : inside;
        MapRow.At at = run.plan().rows()[0].at();
        events.add(new Event(
                content,
                "id",
                -1,
                content.path("id"),
                new Lineage("", "", source, -1, at.file(), at.line(), "", "", "")));
    }

    @Override
    public void mended(MapRun run, MapRow.At at, ObjectNode before, ObjectNode after) {
        after.fields().forEachRemaining(field -> {
            if (!field.getValue().equals(before.get(field.getKey()))) {
                Lineage origin = new Lineage("", "", run.location(), -1, at.file(), at.line(), "", "", "");
                events.add(new Event(after, field.getKey(), -1, field.getValue(), origin));
            }
        });
    }

    @Override
    public void joined(ObjectNode from, ObjectNode into) {
        joined.put(from, into);
    }

    /** Where what is in the bundle came from, in the order of writing. */
    List<Lineage> lineage(CanonicalBundle bundle) {
        Map<JsonNode, Where> places = new IdentityHashMap<>();
        for (CanonicalResource resource : bundle.resources()) {
            index(resource.content(), new Where(resource.reference(), ""), places);
        }
        List<Lineage> lineage = new ArrayList<>();
        for (Event event : events) {
            ObjectNode parent = event.parent();
            while (joined.containsKey(parent)) {
                parent = joined.get(parent);
            }
            Where where = places.get(parent);
            JsonNode there = new TargetPath.Place(parent, event.name(), event.index()).value();
            if (where != null && !there.isMissingNode() && there.equals(event.written())) {
                lineage.add(at(where, event, there));
            }
        }
        return List.copyOf(lineage);
    }

    private static Lineage at(Where where, Event event, JsonNode there) {
        Lineage origin = event.origin();
        return new Lineage(
                where.resource(),
                where.path() + event.name() + (event.index() < 0 ? "" : "[" + event.index() + "]"),
                origin.source(),
                origin.offset(),
                origin.file(),
                origin.line(),
                origin.table(),
                origin.before(),
                there.toString());
    }

    private static void index(JsonNode node, Where where, Map<JsonNode, Where> places) {
        if (node instanceof ObjectNode object) {
            places.put(object, where);
            object.fields().forEachRemaining(field -> child(field.getValue(), where, field.getKey(), places));
        }
    }

    private static void child(JsonNode value, Where parent, String name, Map<JsonNode, Where> places) {
        String path = parent.path() + name;
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                index(value.get(i), new Where(parent.resource(), path + "[" + i + "]."), places);
            }
        } else {
            index(value, new Where(parent.resource(), path + "."), places);
        }
    }
}

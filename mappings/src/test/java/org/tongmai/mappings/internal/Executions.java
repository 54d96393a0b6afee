package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.hl7v2.Hl7Value;

/** What was written while the golden messages were mapped: by which map, from where, to which element. */
final class Executions implements Tracer {
    /**
     * One element written.
     *
     * @param source field or component as the map sees it: {@code PID-3.4}, {@code .2}; empty for none
     * @param whole whether the row reads the whole segment or value, and picks in it
     * @param path element from the root of what the map writes, without indexes
     * @param value text of a primitive; of a reference, the type of what it refers to
     * @param table concept map used, or empty
     * @param type FHIR type of the element the row names
     */
    record Written(String source, boolean whole, String path, String value, String table, String type) {}

    /**
     * One map run over a segment by a row of a message map.
     *
     * @param group name of the segment group; empty outside groups
     * @param groups names of all groups of the message map
     */
    record Ran(String structure, String group, Set<String> groups, String map, String resource) {}

    private final FhirTypes types = new FhirTypes();
    private final Map<String, Set<Written>> writtenByMap = new HashMap<>();
    private final Map<String, Set<String>> mapsByType = new HashMap<>();
    private final Set<Ran> ran = new HashSet<>();
    private final Map<RowPlan, String> typeOfRow = new HashMap<>();
    private final List<Runnable> pending = new ArrayList<>();
    private String structure = "";

    void begin(String messageStructure) {
        structure = messageStructure;
        pending.clear();
    }

    /** The message was taken: what was written counts. */
    void commit() {
        pending.forEach(Runnable::run);
    }

    @Override
    public void wrote(MapRun run, TargetPath.Place place, Hl7Value read, JsonNode node) {
        RowPlan row = run.row();
        String type = typeOfRow.computeIfAbsent(row, key -> type(run));
        boolean whole =
                row.from() == null || row.from().field() == 0 && row.from().component() == 0;
        String source = row.from() == null
                ? ""
                : row.from().relative() ? relative(row.from()) : row.from().toString();
        String path = clean(row.to().toString());
        for (MapRun level = run; level != null; level = level.parent()) {
            note(level.plan(), new Written(source, whole, path, "", row.table(), type), node);
            MapRun above = level.parent();
            if (above != null) {
                String to = clean(above.row().to().toString());
                path = to.isEmpty() ? path : path.isEmpty() ? to : to + "." + path;
                whole &= source.isEmpty();
                source = join(above.row().from(), source);
            }
        }
    }

    private static String join(FieldPath above, String source) {
        boolean absolute = !source.isEmpty() && source.charAt(0) != '.';
        if (absolute || above == null) {
            return source;
        }
        return (above.relative() ? relative(above) : above.toString()) + source;
    }

    private static String relative(FieldPath from) {
        String text = from.toString();
        return text.isEmpty() ? "" : text;
    }

    private String type(MapRun run) {
        FhirTypes.Element element = types.root(run.plan().type());
        for (String step : clean(run.row().to().toString()).split("\\.")) {
            element = element == null || step.isEmpty() ? element : types.child(element, step);
        }
        return element == null ? "" : element.type();
    }

    /** Steps without tokens; nothing for the target itself. */
    private static String clean(String path) {
        return path.equals("$this") ? "" : path.replaceAll("\\[[^\\]]*]", "");
    }

    private void note(MapPlan plan, Written written, JsonNode node) {
        List<Written> leaves = new ArrayList<>();
        flatten(written, written.path(), node, leaves);
        pending.add(() -> {
            writtenByMap.computeIfAbsent(plan.name(), key -> new HashSet<>()).addAll(leaves);
            mapsByType.computeIfAbsent(plan.type(), key -> new HashSet<>()).add(plan.name());
        });
    }

    private static void flatten(Written written, String path, JsonNode node, List<Written> leaves) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> flatten(
                            written, (path.isEmpty() ? "" : path + ".") + field.getKey(), field.getValue(), leaves));
        } else if (node.isArray()) {
            node.forEach(item -> flatten(written, path, item, leaves));
        } else {
            boolean reference = path.endsWith(".reference") && node.asText().contains("/");
            String value = reference ? node.asText().substring(0, node.asText().indexOf('/')) : node.asText();
            leaves.add(new Written(written.source(), written.whole(), path, value, written.table(), written.type()));
        }
    }

    @Override
    public void ran(GroupRun group, GroupPlan.MessageRow row, ResourceRun into) {
        GroupRun root = group;
        while (root.parent() != null) {
            root = root.parent();
        }
        Set<String> groups = new HashSet<>();
        root.plan().children().forEach(child -> names(child, groups));
        String name = group.parent() == null ? "" : group.plan().name();
        Ran entry = new Ran(structure, name, groups, row.map().name(), row.map().type());
        pending.add(() -> ran.add(entry));
    }

    private static void names(GroupPlan plan, Set<String> names) {
        names.add(plan.name());
        plan.children().forEach(child -> names(child, names));
    }

    Set<Written> byMap(String map) {
        return writtenByMap.getOrDefault(map, Set.of());
    }

    /** What all maps that make this type wrote. */
    Set<Written> byType(String type) {
        Set<Written> all = new HashSet<>();
        mapsByType.getOrDefault(type, Set.of()).forEach(map -> all.addAll(byMap(map)));
        return all;
    }

    Set<Written> all() {
        Set<Written> all = new HashSet<>();
        writtenByMap.values().forEach(all::addAll);
        return all;
    }

    Set<Ran> ran() {
        return ran;
    }
}

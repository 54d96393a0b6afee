package org.tongmai.mappings.hl7out.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.internal.FhirTypes;
import org.tongmai.mappings.internal.FieldPath;
import org.tongmai.mappings.internal.MapFile;
import org.tongmai.mappings.internal.MapLibrary;
import org.tongmai.mappings.internal.MapRow;
import org.tongmai.standards.terminology.Terminology;

/**
 * Compiles the maps of {@code hl7v2-to-fhir} to be read backwards. What is wrong with them is refused where they are compiled
 * forwards.
 */
final class BackCompiler {
    private static final Set<String> COMPARING = Set.of("equals", "differs", "longer");
    private static final Set<String> OF_EVENTS = Set.of("event", "not-event");
    private static final String THIS = "$this";

    private final MapLibrary library;
    private final Terminology terminology;
    private final Extent extent;
    private final Fields fields;
    private final StructureReader.Index index;
    private final FhirTypes types = new FhirTypes();
    private final Map<String, BackMap> maps = new HashMap<>();

    BackCompiler(
            MapLibrary library, Terminology terminology, Extent extent, Fields fields, StructureReader.Index index) {
        this.index = index;
        this.library = library;
        this.terminology = terminology;
        this.extent = extent;
        this.fields = fields;
    }

    BackMap map(String name) {
        BackMap done = maps.get(name);
        if (done != null) {
            return done;
        }
        MapFile file = library.map(name);
        boolean dataType = file.at().file().contains("/datatypes/");
        BackMap map = new BackMap(name, file, types.isResource(file.to()), dataType);
        maps.put(name, map);
        List<MapRow> rows = new ArrayList<>(file.rows());
        rows.sort(Comparator.comparing(row -> !index.first().contains(name + " " + row.from())));
        for (MapRow row : rows) {
            BackRow compiled = wanted(row) ? row(row, map) : null;
            if (compiled != null) {
                map.rows().add(compiled);
            }
        }
        if (!file.display().isEmpty()) {
            map.displayed(BackPath.parse(file.display(), file.to(), types, new BackMap(name, file, false, dataType)));
        }
        map.rows().forEach(row -> tell(row, map));
        giveWay(map);
        if (index.strict().contains(name)) {
            map.strict();
        }
        return map;
    }

    /** Whether the row belongs to the extent. */
    boolean wanted(MapRow row) {
        return row.when().stream().filter(test -> test.kind().equals("extent")).allMatch(test -> test.arguments()
                .contains(extent.name().toLowerCase(Locale.ROOT)));
    }

    private BackRow row(MapRow row, BackMap map) {
        String read = map.name() + " " + row.from();
        boolean never = index.never().contains(read) || index.never().contains(read + " " + row.each());
        if (never || row.each() != null && index.never().contains(row.each())) {
            return null;
        }
        if ("reference".equals(row.as())) {
            refers(row, map);
            return null; // how resources belong together is the structure's business
        }
        FieldPath from = row.from().isEmpty() ? null : FieldPath.parse(row.from(), map.dataType() ? map.from() : "");
        if (from == null && row.constant() == null) {
            return null;
        }
        boolean self = row.to().equals(THIS);
        BackPath path = self ? null : BackPath.parse(row.to(), map.type(), types, map);
        if (path == null && !self) {
            return null;
        }
        boolean wholeSegment = from != null && !from.relative() && from.field() == 0;
        return new BackRow(
                row,
                from,
                wholeSegment,
                path,
                row.each() == null ? null : map(row.each()),
                row.code() == null ? null : terminology.conceptMap(row.code()),
                conditions(row, map),
                index.unless(map.name(), row),
                false,
                map.file().rows().stream().anyMatch(other -> other.to().startsWith(row.to() + ".")),
                index.also().contains(read));
    }

    /** A reference to a resource of the message tells what it is written in. */
    private void refers(MapRow row, BackMap map) {
        BackPath path = BackPath.parse(row.to(), map.type(), types, map);
        String type = row.constant().replaceAll("\\[.*", "");
        map.self().refers(path.steps(), type, null);
        for (int i = 0; i < path.steps().size(); i++) {
            if (path.steps().get(i).slot() != null) {
                path.steps().get(i).slot().refers(path.behind(i), type, null);
            }
        }
    }

    /** Lets rows that say which other field goes before theirs come after it, also among the entries of a list. */
    private static void giveWay(BackMap map) {
        for (int i = 0; i < map.rows().size(); i++) {
            BackRow row = map.rows().get(i);
            boolean yields = !row.constant()
                    && map.rows().stream()
                            .noneMatch(other -> other != row
                                    && same(other, row)
                                    && other.from().equals(row.from()))
                    && map.rows().stream()
                            .anyMatch(other -> other != row && same(other, row) && row.namesBefore(other.from()));
            if (yields) {
                map.rows().set(i, row.givingWay());
                List<BackPath.Step> steps = row.path().steps();
                Slot last = steps.get(steps.size() - 1).slot();
                if (last != null && last.token().equals(Slot.APPENDED)) {
                    last.giveWay();
                }
            }
        }
    }

    private static boolean same(BackRow one, BackRow other) {
        return !one.constant()
                && one.from() != null
                && one.row().to().equals(other.row().to());
    }

    List<BackCondition> conditions(MapRow row, BackMap map) {
        List<BackCondition> conditions = new ArrayList<>();
        for (MapRow.Test test : row.when()) {
            if (test.kind().equals("extent")) {
                continue;
            }
            List<String> arguments = test.arguments();
            int named = OF_EVENTS.contains(test.kind()) ? 0 : COMPARING.contains(test.kind()) ? 1 : arguments.size();
            String type = map != null && map.dataType() ? map.from() : "";
            List<FieldPath> paths = arguments.subList(0, named).stream()
                    .map(text -> FieldPath.parse(text, type))
                    .toList();
            conditions.add(new BackCondition(test.kind(), paths, arguments.subList(named, arguments.size())));
        }
        StructureReader.Versioned versioned = map == null ? null : index.versioned(map.name(), row);
        if (versioned != null) {
            conditions.add(versioned(versioned));
        }
        List<String> events = map == null ? null : index.only().get(map.name() + " " + row.from());
        if (events != null) {
            conditions.add(new BackCondition("event", List.of(), events));
        }
        return conditions;
    }

    private static BackCondition versioned(StructureReader.Versioned versioned) {
        boolean since = versioned.since() != null;
        boolean one = versioned.one() != null;
        List<String> values = new ArrayList<>();
        values.add(since ? versioned.since() : one ? versioned.one() : versioned.before());
        values.addAll(versioned.events());
        return new BackCondition(since ? "since" : one ? "one" : "before-version", List.of(), values);
    }

    /** Adds to the slots of the row's path what their entries are told by. */
    private void tell(BackRow row, BackMap map) {
        if (row.path() == null) {
            if (row.each() != null && row.when().isEmpty()) {
                map.self().include(row.each().self());
            }
            return;
        }
        List<BackPath.Step> steps = row.path().steps();
        if (row.constant() && !isDefault(row, map)) {
            map.self().constant(steps, row, row.when().isEmpty(), false);
        }
        for (int i = 0; i < steps.size(); i++) {
            Slot slot = steps.get(i).slot();
            if (slot == null) {
                continue;
            }
            List<BackPath.Step> rest = row.path().behind(i);
            if (row.constant()) {
                if (!isDefault(row, map)) {
                    boolean telling = index.telling()
                            .contains(map.name() + " " + row.row().to().replaceAll("\\[[^]]*]", ""));
                    slot.constant(rest, row, row.when().isEmpty(), telling);
                }
                continue;
            }
            tellValue(row, rest, slot);
            limit(row, map, slot);
        }
    }

    private void tellValue(BackRow row, List<BackPath.Step> rest, Slot slot) {
        slot.reads(rest);
        BackMap each = row.each();
        if (each == null) {
            return;
        }
        if (each.resource()) {
            slot.refers(rest, each.type(), each);
            return;
        }
        for (BackRow inner : each.rows()) {
            if (inner.constant() && inner.path() != null && !isDefault(inner, each)) {
                List<BackPath.Step> path = new ArrayList<>(rest);
                path.addAll(inner.path().steps());
                slot.constant(path, inner, inner.when().isEmpty(), false);
            }
        }
    }

    /** A value of a data type has one place for each; a field of a segment that does not repeat has one. */
    private void limit(BackRow row, BackMap map, Slot slot) {
        FieldPath from = row.from();
        boolean single =
                map.dataType() || !from.relative() && from.field() > 0 && fields.single(from.segment(), from.field());
        slot.atLeast(single ? 1 : Integer.MAX_VALUE);
    }

    /** Whether another row writes the same element from a field: then the constant stands for want of it. */
    private static boolean isDefault(BackRow constant, BackMap map) {
        return map.rows().stream()
                .anyMatch(row ->
                        !row.constant() && row.row().to().equals(constant.row().to()));
    }
}

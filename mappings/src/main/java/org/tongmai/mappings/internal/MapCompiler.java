package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** Compiles segment and data type maps into plans, and notes everything that is wrong with them, with file and line. */
final class MapCompiler {
    /** The condition decided when a map is compiled: it costs nothing when a message is mapped. */
    static final String EXTENT = "extent";

    /** The target that a data type map writes its rows into beside the rows of the map that uses it. */
    private static final String THIS = "$this";

    /** What the rows of a map share: list entries by prefix, and where rules are looked at. */
    private record Layout(Map<String, Integer> slots, RuleSites sites) {}

    private final MapLibrary library;
    private final FhirTypes types = new FhirTypes();
    private final List<Issue> issues;
    private final Extent extent;
    private final WriterCompiler writers;
    private final Map<String, MapPlan> plans = new HashMap<>();
    private final MapUses uses = new MapUses();
    private final Set<String> open = new LinkedHashSet<>();
    private String lastOpen = "";

    MapCompiler(MapLibrary library, Terminology terminology, Extent extent, List<Issue> issues) {
        this.library = library;
        this.issues = issues;
        this.extent = extent;
        this.writers = new WriterCompiler(terminology, this);
    }

    /** Takes over what was compiled of maps that mean the same here. */
    void keep(Map<String, MapPlan> same, MapUses theirUses) {
        plans.putAll(same);
        uses.keep(same.keySet(), theirUses);
    }

    Map<String, MapPlan> plans() {
        return plans;
    }

    MapUses uses() {
        return uses;
    }

    /** The plan of a map by name; null when there is none or it is broken beyond use, which is noted. */
    MapPlan plan(String name, MapRow.At usedAt) {
        uses.note(lastOpen, name);
        MapPlan done = plans.get(name);
        if (done != null) {
            return done;
        }
        if (!open.add(name)) {
            refuse(MappingError.MAP_CYCLE, usedAt, String.join(" > ", open) + " > " + name);
            return null;
        }
        String user = lastOpen;
        lastOpen = name;
        MapPlan plan = compiled(name, usedAt);
        lastOpen = user;
        open.remove(name);
        return plan;
    }

    private MapPlan compiled(String name, MapRow.At usedAt) {
        MapFile file = library.map(name);
        if (file == null) {
            refuse(MappingError.MAP_MISSING, usedAt, "no map " + name);
        } else if (types.root(file.to()) == null) {
            refuse(MappingError.PATH_UNKNOWN, file.at(), "FHIR R4 has no type " + file.to());
        } else {
            MapPlan plan = new MapPlan(name, file.to(), types.isResource(file.to()));
            compile(file, plan);
            plans.put(name, plan);
            return plan;
        }
        return null;
    }

    /** What is asked for from now on is asked for by this message map. */
    void begin(String message) {
        lastOpen = message;
    }

    private void compile(MapFile file, MapPlan plan) {
        Layout layout = new Layout(new HashMap<>(), new RuleSites());
        List<RowPlan> rows = new ArrayList<>();
        for (MapRow row : file.rows()) {
            RowPlan compiled = row(file, row, layout);
            if (compiled != null && wanted(row)) {
                rows.add(compiled);
            }
        }
        List<MapRow> wanted = file.rows().stream().filter(this::wanted).toList();
        if (new ValueOnly(plans, text -> path(text, file)).holds(file, wanted)) {
            plan.madeOfTheValueOnly();
        }
        List<MapPlan.IdentityPlan> identity = new ArrayList<>();
        for (MapFile.IdentityRow key : file.identity()) {
            Identities.Function function = Identities.named(key.call());
            if (function == null) {
                refuse(MappingError.FUNCTION_UNKNOWN, key.at(), "no identity function " + key.call());
                continue;
            }
            identity.add(new MapPlan.IdentityPlan(key.at(), fields(key.from(), file, key.at()), function));
        }
        plan.complete(
                rows.toArray(RowPlan[]::new),
                layout.slots().size(),
                identity.toArray(MapPlan.IdentityPlan[]::new),
                file.display());
        layout.sites().row(null, file.at());
        layout.sites().note(List.of(), plan.type(), plan.resource() ? TypeRules.of(plan.type()) : null);
        plan.rules(layout.sites().deepestFirst());
    }

    private RowPlan row(MapFile file, MapRow row, Layout layout) {
        FieldPath from = row.from().isEmpty() ? null : field(row.from(), file, row.at());
        FhirTypes.Element[] leaf = new FhirTypes.Element[1];
        TargetPath to = target(file, row, layout, leaf);
        if (to == null || from == null && !row.from().isEmpty()) {
            return null;
        }
        if (wanted(row)) {
            layout.sites().row(from, row.at());
            noteRules(file, to, layout.sites());
        }
        RowPlan.ValueWriter writer = writers.writer(row, leaf[0]);
        if (writer == null) {
            return null;
        }
        boolean wholeSegment = from != null && !from.relative() && from.field() == 0;
        return new RowPlan(
                row.at(),
                from,
                wholeSegment,
                conditions(row, file),
                to,
                writer,
                required(row),
                row.code() == null ? "" : row.code());
    }

    private TargetPath target(MapFile file, MapRow row, Layout layout, FhirTypes.Element[] leaf) {
        FhirTypes.Element element = types.root(file.to());
        if (row.to().equals(THIS)) {
            leaf[0] = element;
            return new TargetPath(THIS);
        }
        String[] parts = row.to().split("\\.");
        List<TargetPath.Step> steps = new ArrayList<>();
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            int bracket = parts[i].indexOf('[');
            String name = bracket < 0 ? parts[i] : parts[i].substring(0, bracket);
            FhirTypes.Element child = types.child(element, name);
            if (child == null) {
                refuse(MappingError.PATH_UNKNOWN, row.at(), file.to() + " has no " + row.to());
                return null;
            }
            if (bracket >= 0 && !child.list()) {
                refuse(MappingError.TYPE_MISMATCH, row.at(), name + " in " + row.to() + " is no list");
                return null;
            }
            boolean last = i == parts.length - 1;
            prefix.append('.').append(parts[i]);
            boolean slotted = child.list() && (!last || bracket >= 0);
            int slot = slotted ? slot(parts[i], prefix.toString(), layout.slots()) : TargetPath.NONE;
            boolean primitiveParent = !last && child.primitive();
            steps.add(new TargetPath.Step(primitiveParent ? "_" + name : name, child.list(), slot));
            element = child;
        }
        leaf[0] = element;
        return new TargetPath(row.to(), steps.toArray(TargetPath.Step[]::new));
    }

    /** Notes the values on the way to what a row writes that a rule is for, by type and by place. */
    private void noteRules(MapFile file, TargetPath to, RuleSites sites) {
        FhirTypes.Element element = types.root(file.to());
        List<TargetPath.Step> steps = new ArrayList<>();
        String path = file.to();
        for (TargetPath.Step step : to.steps()) {
            Set<String> choice = types.choice(element, step.name());
            if (choice.size() > 1 && !element.type().equals("Extension")) {
                sites.note(steps, "choice " + new TreeSet<>(choice), TypeRules.choice(choice));
            }
            steps.add(step);
            String inside = element.type() + "." + step.name();
            path += "." + step.name();
            sites.note(steps, path, TypeRules.of(path));
            sites.note(steps, inside, TypeRules.of(inside));
            boolean primitiveParent = step.name().startsWith("_");
            element = types.child(element, primitiveParent ? step.name().substring(1) : step.name());
            sites.note(steps, element.type(), primitiveParent ? null : TypeRules.of(element.type()));
        }
    }

    /** Whether a message without it is refused: a conversion shows what there is. */
    boolean required(MapRow row) {
        return row.required() && extent == Extent.STORED;
    }

    /** What the row reads its field as; what refuses a message that is to be stored only warns in a conversion. */
    String kind(MapRow row) {
        boolean lenient = extent == Extent.WHOLE && row.as().startsWith(Writers.EXACT);
        return lenient ? row.as().substring(Writers.EXACT.length()) : row.as();
    }

    /** Whether the row belongs to the extent that is compiled. */
    boolean wanted(MapRow row) {
        for (MapRow.Test test : row.when()) {
            if (test.kind().equals(EXTENT)) {
                String named =
                        test.arguments().isEmpty() ? "" : test.arguments().get(0);
                if (!named.equals("whole") && !named.equals("stored")) {
                    refuse(MappingError.VERB_UNKNOWN, row.at(), "found extent " + named + ", expected whole or stored");
                }
                return extent.name().equalsIgnoreCase(named);
            }
        }
        return true;
    }

    private static int slot(String step, String prefix, Map<String, Integer> slots) {
        if (step.endsWith("[first]")) {
            return TargetPath.FIRST;
        }
        return step.endsWith("[last]") ? TargetPath.LAST : slots.computeIfAbsent(prefix, key -> slots.size());
    }

    /** The conditions of a row; unknown ones were noted when the file was read. */
    Condition[] conditions(MapRow row, MapFile file) {
        List<Condition> conditions = new ArrayList<>();
        row.when().forEach(test -> {
            String name = test.kind();
            if (name.equals(EXTENT)) {
                return;
            }
            List<String> arguments = test.arguments();
            Condition.Kind kind =
                    Condition.Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            boolean event = kind == Condition.Kind.EVENT || kind == Condition.Kind.NOT_EVENT;
            boolean comparing = Condition.COMPARING.contains(kind);
            if (arguments.isEmpty() || comparing && arguments.size() < 2) {
                refuse(MappingError.VERB_UNKNOWN, row.at(), "when " + name + " lacks an argument");
                return;
            }
            List<String> named = event ? List.of() : comparing ? arguments.subList(0, 1) : arguments;
            List<String> values = event ? arguments : comparing ? arguments.subList(1, arguments.size()) : List.of();
            List<FieldPath> paths = fields(named, file, row.at());
            if (event || !paths.isEmpty()) {
                conditions.add(new Condition(kind, paths, new HashSet<>(values)));
            }
        });
        return conditions.toArray(Condition[]::new);
    }

    private List<FieldPath> fields(List<String> texts, MapFile file, MapRow.At at) {
        List<FieldPath> fields = new ArrayList<>();
        for (String text : texts) {
            FieldPath path = field(text, file, at);
            if (path != null) {
                fields.add(path);
            }
        }
        return fields;
    }

    private FieldPath field(String text, MapFile file, MapRow.At at) {
        FieldPath path = path(text, file);
        if (path == null) {
            refuse(MappingError.FIELD_UNKNOWN, at, "found " + text);
        }
        return path;
    }

    private static FieldPath path(String text, MapFile file) {
        boolean dataType = file.message() == null && file.at().file().contains("/datatypes/");
        return FieldPath.parse(text, dataType ? file.from() : "");
    }

    /** What the definitions call the type of a map: that of a backbone element is not its path. */
    String typeName(String type) {
        return types.root(type).type();
    }

    Extent extent() {
        return extent;
    }

    boolean isResource(String type) {
        return types.isResource(type);
    }

    /** Notes what is wrong; once, though the row is included by several maps. */
    void refuse(MappingError error, MapRow.At at, String detail) {
        Issue issue = Issue.of(error, at.toString(), detail);
        if (!issues.contains(issue)) {
            issues.add(issue);
        }
    }
}

package org.tongmai.mappings.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether what a map makes depends on the value it is run over and on the sender only, not on where the value stands: the
 * same value need then be mapped once in a message. Errs towards no.
 */
final class ValueOnly {
    private static final Set<String> IDENTITIES = Set.of("staff-identifier", "place", "within-sender");

    private static final Set<String> FUNCTIONS = Set.of(
            "staff-system",
            "organization-system",
            "entity-system",
            "coding-system",
            "staff-name-text",
            "person-name-text",
            "address-text",
            "place-name",
            "place-type");

    /** Conditions that ask the fields they name and nothing else. */
    private static final Set<String> CONDITIONS =
            Set.of("valued", "any-valued", "empty", "equals", "differs", "numeric", "not-numeric", MapCompiler.EXTENT);

    private static final Set<String> COMPARING = Set.of("equals", "differs");

    private final Map<String, MapPlan> plans;
    private final Function<String, FieldPath> fields;

    /**
     * @param plans what was compiled so far
     * @param fields reads the notation of a field in the map in hand
     */
    ValueOnly(Map<String, MapPlan> plans, Function<String, FieldPath> fields) {
        this.plans = plans;
        this.fields = fields;
    }

    /** Whether it holds for a map with these rows. */
    boolean holds(MapFile map, List<MapRow> rows) {
        return map.identity().stream()
                        .allMatch(key -> IDENTITIES.contains(key.call())
                                && key.from().stream().allMatch(this::within))
                && rows.stream().allMatch(this::holds);
    }

    private boolean holds(MapRow row) {
        MapPlan inner = row.each() == null ? null : plans.get(row.each());
        return (row.each() == null || inner != null && inner.valueOnly())
                && (row.call() == null || FUNCTIONS.contains(row.call()))
                && !"reference".equals(row.as())
                && (row.from().isEmpty() || within(row.from()))
                && row.when().stream().allMatch(this::holds);
    }

    private boolean holds(MapRow.Test test) {
        if (test.kind().equals(MapCompiler.EXTENT)) {
            return true;
        }
        List<String> arguments = test.arguments();
        List<String> asked =
                COMPARING.contains(test.kind()) && !arguments.isEmpty() ? arguments.subList(0, 1) : arguments;
        return CONDITIONS.contains(test.kind()) && asked.stream().allMatch(this::within);
    }

    private boolean within(String field) {
        FieldPath path = fields.apply(field);
        return path != null && path.relative();
    }
}

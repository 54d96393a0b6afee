package org.tongmai.mappings.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tongmai.standards.hl7v2.Hl7Message;

/**
 * Whether a row of the guide may write an element with a value, given what the message says: by type of resource, through
 * the data type tables. Errs on the side of the guide: conditions in words are taken to hold, and a row without a data
 * type table is taken to write everything below its target.
 */
final class GuideDemands {
    private final Map<String, List<GuideTarget>> byType = new HashMap<>();
    private final Map<String, List<GuideTarget>> byTable = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    GuideDemands(GuideTables guide) throws IOException {
        for (GuideTarget.Kind kind : GuideTarget.Kind.values()) {
            String folder = kind.name().toLowerCase(Locale.ROOT) + "s";
            guide.rows(folder).values().stream().flatMap(List::stream).forEach(row -> add(row, kind));
        }
    }

    private void add(GuideRow row, GuideTarget.Kind kind) {
        names.add(GuideTarget.name(row, kind));
        boolean message = kind == GuideTarget.Kind.MESSAGE;
        for (GuideTarget target : message ? GuideTarget.ofMessage(row) : GuideTarget.of(row, kind)) {
            byType.computeIfAbsent(target.type(), key -> new ArrayList<>()).add(target);
            byTable.computeIfAbsent(row.table(), key -> new ArrayList<>()).add(target);
        }
    }

    /** Whether the guide has a mapped row of this name, for example {@code PID[Patient] PID-24}. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** Whether the guide has a table of this name. */
    boolean hasTable(String table) {
        return names.stream().anyMatch(name -> name.startsWith(table + " "));
    }

    /** The rows that write the element with such a value in some message; none writes an extension of a converter. */
    List<GuideTarget> rows(FhirFacts.Fact fact) {
        if (fact.foreign() != null) {
            return List.of();
        }
        String path = fact.path().replaceAll("\\{[^}]*}", "");
        return byType.getOrDefault(fact.type(), List.of()).stream()
                .filter(target -> writes(target, path, fact.value()))
                .toList();
    }

    /** Those of the rows that read what the message says. */
    static List<GuideTarget> reading(List<GuideTarget> rows, Hl7Message message) {
        return rows.stream().filter(target -> target.reads(message)).toList();
    }

    private boolean writes(GuideTarget target, String path, String value) {
        if (target.is(path) && !target.path().isEmpty()) {
            return target.assigns(value);
        }
        String below = target.below(path);
        List<GuideTarget> inner = byTable.get(target.datatype());
        if (below == null || inner == null) {
            return below != null && !target.path().isEmpty();
        }
        return inner.stream().anyMatch(each -> each.row() != target.row() && writes(each, below, value));
    }
}

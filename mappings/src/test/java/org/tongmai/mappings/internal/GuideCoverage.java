package org.tongmai.mappings.internal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.internal.Executions.Written;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/** Decides whether a row of the guide was executed: same field, same element, same constant, same concept map. */
final class GuideCoverage {
    private final OurMaps maps;
    private final Executions executions;
    private final GuideCodes codes;
    private final Map<String, String> primitives;

    /**
     * @param primitives data type tables that are what the interpreter does with a primitive: table to FHIR type
     */
    GuideCoverage(OurMaps maps, Executions executions, GuideCodes codes, Map<String, String> primitives) {
        this.maps = maps;
        this.executions = executions;
        this.codes = codes;
        this.primitives = primitives;
    }

    /** Whether a golden message made the segment map of this message row run in its group. */
    boolean messageExecuted(GuideRow row) {
        Set<String> wanted = maps.following(row.vocabulary());
        String type = row.target().replaceAll("[^A-Za-z].*", "");
        return executions.ran().stream()
                .anyMatch(ran -> ran.structure().equals(row.table())
                        && inGroup(row, ran)
                        && (wanted.contains(ran.map())
                                || row.vocabulary().isEmpty()
                                        && ran.resource().equals(type)
                                        && maps.from(ran.map()).equals(row.segment())));
    }

    /** The same group, or one that our map does not tell apart. */
    private static boolean inGroup(GuideRow row, Executions.Ran ran) {
        return ran.group().isEmpty()
                || row.groups().contains(ran.group())
                || row.groups().stream().noneMatch(ran.groups()::contains);
    }

    boolean executed(GuideRow row) {
        String primitive = primitives.get(row.table());
        if (primitive != null) {
            return executions.all().stream()
                    .anyMatch(written ->
                            written.type().equals(primitive) && written.table().isEmpty() && !written.whole());
        }
        for (String map : maps.following(row.table())) {
            Set<Written> written = executions.byMap(map);
            if (written.stream().anyMatch(each -> says(row, row.meant(), each)) || throughReference(row, written)) {
                return true;
            }
        }
        return false;
    }

    /** A primitive of the type, read from the component the row names; the first component is the value itself. */
    private static boolean isPrimitive(GuideRow row, String type, Written written) {
        boolean first = row.field().isEmpty() || row.field().equals(".1");
        return written.type().equals(type)
                && written.table().isEmpty()
                && (first || written.whole() || written.source().endsWith(row.field()));
    }

    private boolean throughReference(GuideRow row, Set<Written> written) {
        for (Written each : written) {
            if (!each.path().endsWith(".reference")) {
                continue;
            }
            String before = each.path().substring(0, each.path().length() - "reference".length());
            if (row.meant().startsWith(before)) {
                String rest = row.meant().substring(before.length());
                if (executions.byType(each.value()).stream().anyMatch(inner -> says(row, rest, inner))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean says(GuideRow row, String element, Written written) {
        boolean sameElement = element.isEmpty()
                || written.path().equals(element)
                || written.path().startsWith(element + ".");
        return sameElement && sameSource(row, written) && sameConstant(row, written) && sameCodes(row, written);
    }

    private static boolean sameSource(GuideRow row, Written written) {
        String field = row.field();
        return field.isEmpty()
                || written.whole()
                || written.source().equals(field)
                || written.source().startsWith(field + ".");
    }

    private static boolean sameConstant(GuideRow row, Written written) {
        return row.constant().isEmpty() || written.value().equals(row.constant());
    }

    private boolean sameCodes(GuideRow row, Written written) {
        return row.vocabulary().isEmpty()
                || written.type().equals("boolean")
                || codes.needsNoTranslation(row.vocabulary())
                || codes.following(row.vocabulary()).contains(written.table());
    }

    /** The state of each code of a table: the same target, another one with a reason, or missing. */
    record Codes(String map, int same, int other, int missing) {}

    static Codes compare(List<GuideTables.Code> guide, String name, Terminology terminology, Set<String> explained) {
        int same = 0;
        int other = 0;
        int missing = 0;
        ConceptMap map = name.isEmpty() ? null : terminology.conceptMap(name);
        for (GuideTables.Code code : guide) {
            ConceptMap.Target target = map == null ? null : map.target(code.source());
            if (target != null && target.code().equals(code.target())) {
                same++;
            } else if (target != null && explained.contains(code.source())) {
                other++;
            } else {
                missing++;
            }
        }
        return new Codes(name, same, other, missing);
    }
}

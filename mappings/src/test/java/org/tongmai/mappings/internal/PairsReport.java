package org.tongmai.mappings.internal;

import java.util.Map;
import java.util.TreeMap;

/** {@code PAIRS.md}: how much of other converters' results is made here, and whose each difference is. */
final class PairsReport {
    private static final String HEAD =
            """
            # Compared with other converters

            Computed by `GuidePairsTest`, written by `-Dgolden.write=true`; the build fails when the share falls. Every
            primitive of a result that another converter publishes is looked for in what the same message becomes here:
            same resource type, same element, same value, once however often it is said; a reference by the type it goes
            to, a time as the instant it is, a coding system by
            what HL7 table 0396 calls it. A difference is *theirs* when no row of the guide writes the element, or none
            that does reads what the message says (both computed from its tables), or when a rule of `coverage/pairs.csv`
            says so with the row that decides; all others are *ours*, each with the first row that may write it.

            | results of | expected | produced | theirs | ours | produced of what the guide demands |
            |---|---|---|---|---|---|
            """;

    /** Of one converter: elements produced, theirs and ours. */
    private final Map<String, int[]> converters = new TreeMap<>();

    private final Map<String, Integer> unwritten = new TreeMap<>();
    private final Map<String, Integer> unsaid = new TreeMap<>();
    private final Map<String, Integer> elsewhen = new TreeMap<>();
    private final Map<String, Integer> ours = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();

    void produced(String converter) {
        converters.computeIfAbsent(converter, key -> new int[3])[0]++;
    }

    void theirs(String converter) {
        converters.computeIfAbsent(converter, key -> new int[3])[1]++;
    }

    /** An element that no row of the guide writes. */
    void unwritten(String converter, FhirFacts.Fact fact) {
        theirs(converter);
        String host = fact.foreign();
        String which = host == null ? fact.type() + "." + fact.path() : "in an extension of " + host;
        unwritten.merge(which, 1, Integer::sum);
    }

    /** An element whose rows read what the message does not say. */
    void unsaid(String converter, FhirFacts.Fact fact, String row) {
        theirs(converter);
        unsaid.merge(fact.type() + "." + fact.path() + " | " + row, 1, Integer::sum);
    }

    /** A time that is the same but for its offset, which the message does not say. */
    void elsewhen(String converter, FhirFacts.Fact fact) {
        theirs(converter);
        elsewhen.merge(fact.type() + "." + fact.path(), 1, Integer::sum);
    }

    void ours(String converter, FhirFacts.Fact fact, String row) {
        converters.computeIfAbsent(converter, key -> new int[3])[2]++;
        ours.merge(fact.type() + "." + fact.path() + " | " + row, 1, Integer::sum);
    }

    /** A pair that is not compared. */
    void refused(String why) {
        refused.merge(why, 1, Integer::sum);
    }

    String text(PairRules rules) {
        StringBuilder out = new StringBuilder(HEAD);
        converters.forEach((converter, n) -> line(out, converter, n[0], n[1], n[2]));
        line(out, "all", sum(0), sum(1), sum(2));
        section(out, "Ours", "which | first row that writes it", ours);
        Map<String, Integer> reasons = new TreeMap<>();
        rules.decided().forEach((rule, times) -> reasons.merge(rule.text(), times, Integer::sum));
        section(out, "Theirs by rule", "row that decides, and why", reasons);
        section(out, "Theirs, for the message does not say what a row reads", "which | first row", unsaid);
        section(
                out,
                "Theirs, for the message gives no offset (DTM: that of MSH-7, else the one set)",
                "which",
                elsewhen);
        section(out, "Theirs, for no row of the guide writes the element", "which", unwritten);
        section(out, "Not compared", "why", refused);
        return out.toString();
    }

    private int sum(int side) {
        return converters.values().stream().mapToInt(each -> each[side]).sum();
    }

    private static void section(StringBuilder out, String title, String columns, Map<String, Integer> lines) {
        String rule = "---|".repeat(columns.split("\\|").length);
        out.append("%n## %s%n%n| number | %s |%n|---|%s%n".formatted(title, columns, rule));
        lines.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .forEach(each -> out.append("| %d | %s |%n".formatted(each.getValue(), each.getKey())));
    }

    private static void line(StringBuilder out, String name, int produced, int theirs, int ours) {
        double share = 100.0 * produced / Math.max(1, produced + ours);
        out.append("| %s | %d | %d | %d | %d | %.1f %% |%n"
                .formatted(name, produced + theirs + ours, produced, theirs, ours, share));
    }
}

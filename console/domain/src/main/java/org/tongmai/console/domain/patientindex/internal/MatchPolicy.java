package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tongmai.standards.patientindex.MatchGrade;

/** What the tables say about matching: identifiers, rules, weights, limits, thresholds, keys and placeholders. */
public final class MatchPolicy {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "name", Set.of("same", "reading", "homophone", "slip", "different", "missing"),
            "birthDate", Set.of("same", "transposed", "slip", "partial", "different", "missing"),
            "gender", Set.of("same", "different", "missing"),
            "phone", Set.of("same", "slip", "different", "missing"),
            "address", Set.of("same", "similar", "different", "missing"));
    private static final Set<String> IDENTIFIER_LEVELS = Set.of("same", "different", "conflict", "missing");
    private static final Set<String> KEY_PARTS =
            Set.of("identifier", "birthDate", "birthYear", "birthMonthDay", "familyReading", "nameReading", "phone");
    private static final Set<String> THRESHOLDS = Set.of("prior", "certain", "probable", "possible", "max-block");
    private static final Set<String> CHECKS = Set.of("none", "gb-11643", "gb-11643-if-18");

    private final List<IdentifierKind> identifiers = new ArrayList<>();
    private final List<Decision> rules = new ArrayList<>();
    private final List<Decision> limits = new ArrayList<>();
    private final Map<String, Map<String, Weight>> weights = new HashMap<>();
    private final Map<String, Double> thresholds = new HashMap<>();
    private final List<KeyRule> keys = new ArrayList<>();
    private final Map<String, List<Pattern>> placeholders = new HashMap<>();

    private MatchPolicy() {}

    /**
     * A kind of identifier.
     *
     * @param system of values that nobody in particular assigned
     * @param types codes of HL7 v2 table 0203 that mean this kind whoever assigned the value
     * @param check how a value is checked
     * @param conflicts whether two different values mean two persons
     * @param ownBirthDate whether it is the record's own only if its birth date agrees
     */
    record IdentifierKind(
            String kind, String system, Set<String> types, String check, boolean conflicts, boolean ownBirthDate) {
        boolean covers(String otherSystem, String type) {
            return system.equals(otherSystem) || !type.isEmpty() && types.contains(type);
        }
    }

    /** A row of rules or limits. */
    record Decision(String name, Conditions when, MatchGrade grade, String because) {}

    /** The weight of a level. */
    record Weight(double value, String because) {}

    /** How a key is made. */
    record KeyRule(String name, List<String> parts) {}

    /** Fields and their levels. */
    interface Vocabulary {
        Set<String> levels(String field);
    }

    /** Reads the tables; what is wrong is collected in the reader. */
    public static MatchPolicy read(TableReader tables) {
        MatchPolicy policy = new MatchPolicy();
        policy.readIdentifiers(tables);
        policy.decisions(tables, "rules", "rule,when,grade,explanation", policy.rules);
        policy.decisions(tables, "limits", "limit,when,at_most,explanation", policy.limits);
        policy.readWeights(tables);
        for (TableReader.Row row : tables.rows("thresholds", "name,value,explanation", 1)) {
            policy.thresholds.put(row.cell(0), row.number(1));
        }
        for (String name : THRESHOLDS) {
            if (!policy.thresholds.containsKey(name)) {
                tables.refuse("thresholds", 1, "expected a row " + name);
            }
        }
        for (TableReader.Row row : tables.rows("keys", "key,parts,explanation", 1)) {
            List<String> parts = List.of(row.cell(1).split(" "));
            row.require(KEY_PARTS.containsAll(parts), "parts of " + KEY_PARTS);
            policy.keys.add(new KeyRule(row.cell(0), parts));
        }
        for (TableReader.Row row : tables.rows("placeholders", "field,pattern,explanation", 2)) {
            policy.placeholder(row);
        }
        return policy;
    }

    private void readIdentifiers(TableReader tables) {
        String header = "kind,system,types,check,conflicts,holder,explanation";
        for (TableReader.Row row : tables.rows("identifiers", header, 2)) {
            row.require(CHECKS.contains(row.cell(3)), "a check of " + CHECKS);
            row.require(Set.of("yes", "no").contains(row.cell(4)), "yes or no");
            row.require(Set.of("any", "birth-date").contains(row.cell(5)), "any or birth-date");
            identifiers.add(new IdentifierKind(
                    row.cell(0),
                    row.cell(1),
                    Set.of(row.cell(2).split("\\|")),
                    row.cell(3),
                    row.cell(4).equals("yes"),
                    row.cell(5).equals("birth-date")));
        }
    }

    private void decisions(TableReader tables, String table, String header, List<Decision> into) {
        for (TableReader.Row row : tables.rows(table, header, 1)) {
            Conditions when = Conditions.read(row, row.cell(1), this::levelsOf);
            try {
                MatchGrade grade = MatchGrade.valueOf(row.cell(2).toUpperCase(Locale.ROOT));
                into.add(new Decision(row.cell(0), when, grade, row.because()));
            } catch (IllegalArgumentException e) {
                row.refuse("expected certain, probable, possible or none");
            }
        }
    }

    private void readWeights(TableReader tables) {
        for (TableReader.Row row : tables.rows("weights", "field,level,m,u,explanation", 2)) {
            double m = row.number(2);
            double u = row.number(3);
            row.require(m > 0 && m < 1 && u > 0 && u < 1, "m and u between 0 and 1");
            row.require(levelsOf(row.cell(0)).contains(row.cell(1)), "a known level of a known field");
            weights.computeIfAbsent(row.cell(0), k -> new HashMap<>())
                    .put(row.cell(1), new Weight(Math.log(m / u) / Math.log(2), row.because()));
        }
    }

    private void placeholder(TableReader.Row row) {
        try {
            placeholders.computeIfAbsent(row.cell(0), k -> new ArrayList<>()).add(Pattern.compile(row.cell(1)));
        } catch (PatternSyntaxException e) {
            row.refuse("expected a regular expression");
        }
    }

    private Set<String> levelsOf(String field) {
        boolean identifier = identifiers.stream().anyMatch(each -> each.kind().equals(field));
        return identifier ? IDENTIFIER_LEVELS : FIELDS.getOrDefault(field, Set.of());
    }

    List<IdentifierKind> identifiers() {
        return identifiers;
    }

    List<KeyRule> keys() {
        return keys;
    }

    /** The first rule that holds. */
    Optional<Decision> rule(Levels levels) {
        return rules.stream().filter(each -> each.when().hold(levels)).findFirst();
    }

    List<Decision> limits(Levels levels) {
        return limits.stream().filter(each -> each.when().hold(levels)).toList();
    }

    Weight weight(String field, String level) {
        return weights.getOrDefault(field, Map.of()).getOrDefault(level, new Weight(0, ""));
    }

    double threshold(String name) {
        return thresholds.get(name);
    }

    boolean isPlaceholder(String field, String value) {
        return value.isEmpty()
                || placeholders.getOrDefault(field, List.of()).stream()
                        .anyMatch(pattern -> pattern.matcher(value).matches());
    }
}

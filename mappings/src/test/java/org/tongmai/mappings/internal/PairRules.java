package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.hl7v2.Hl7Message;

/** {@code coverage/pairs.csv}: whose a difference is, by converter, element, value and what the message says. */
final class PairRules {
    /**
     * One rule.
     *
     * @param converter folder of the converter as a pattern; empty for all
     * @param type resource type as a pattern
     * @param path element as a pattern
     * @param value value as a pattern
     * @param message what must hold of the message: {@code PID-24} valued, {@code !PID-24} not, {@code MSH-9.1=ADT}
     * @param row the guide's row that decides, {@code PID[Patient] PID-24}; with {@code no} before it, that there is none
     * @param why the reason
     */
    record Rule(String converter, String type, String path, String value, String message, String row, String why) {
        boolean decides(String folder, FhirFacts.Fact fact, Hl7Message sent) {
            return (converter.isEmpty() || folder.matches(converter))
                    && fact.type().matches(type)
                    && fact.path().matches(path)
                    && fact.value().matches(value)
                    && MessageTerms.hold(message, sent);
        }

        /** As the report writes it. */
        String text() {
            return row.isEmpty() ? why : row + ": " + why;
        }
    }

    private final Map<Rule, Integer> decided = new LinkedHashMap<>();

    PairRules(String csv) {
        CsvText.rows(csv).stream().skip(1).forEach(cells -> {
            Rule rule = new Rule(
                    cells.get(0),
                    cells.get(1),
                    cells.get(2),
                    cells.get(3),
                    cells.get(4),
                    cells.get(5),
                    CsvText.cell(cells, 6));
            decided.put(rule, 0);
        });
    }

    /** The first rule that decides, or null. */
    Rule of(String folder, FhirFacts.Fact fact, Hl7Message sent) {
        for (Rule rule : decided.keySet()) {
            if (rule.decides(folder, fact, sent)) {
                decided.merge(rule, 1, Integer::sum);
                return rule;
            }
        }
        return null;
    }

    /** How many differences each rule decided, in the order of the file. */
    Map<Rule, Integer> decided() {
        return decided;
    }

    /** Rules that no longer decide anything. */
    List<Rule> dead() {
        return decided.keySet().stream().filter(rule -> decided.get(rule) == 0).toList();
    }

    /** Rules that name what the guide does not have, or deny what it has. */
    List<String> unfounded(GuideDemands guide) {
        List<String> wrong = new ArrayList<>();
        for (Rule rule : decided.keySet()) {
            String row = rule.row();
            boolean founded = row.isEmpty()
                    || (row.startsWith("no ")
                            ? guide.hasTable(row.substring(3, row.lastIndexOf(' '))) && !guide.has(row.substring(3))
                            : guide.has(row));
            if (!founded) {
                wrong.add(rule.toString());
            }
        }
        return wrong;
    }
}

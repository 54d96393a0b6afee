package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;

/** What {@code code:} does: translate by a concept map, and on a code without a row what the map's policy says. */
final class CodeWriters {
    /** Where in a CWE the codes beside the first begin, each with its display and system. */
    private static final int[] ALTERNATES = {4, 10};

    private CodeWriters() {}

    /** Writes the bare target code. */
    static RowPlan.ValueWriter code(ConceptMap map) {
        return (run, row, value) -> {
            ConceptMap.Target target = target(run, map, value);
            return target == null || target.code().isEmpty() ? null : TextNode.valueOf(target.code());
        };
    }

    /** Writes a Coding. */
    static RowPlan.ValueWriter coding(ConceptMap map, ConceptMap systems) {
        return (run, row, value) -> {
            ConceptMap.Target target = target(run, map, value);
            return target == null ? original(run, map, systems, value) : coding(target);
        };
    }

    /** Writes a CodeableConcept, with the sender's own text. */
    static RowPlan.ValueWriter concept(ConceptMap map, ConceptMap systems) {
        return (run, row, value) -> {
            String text = value.component(9).text();
            text = text.isEmpty() ? value.component(2).text() : text;
            ObjectNode concept = JsonNodeFactory.instance.objectNode();
            if (!value.component(1).isEmpty()) {
                ConceptMap.Target target = target(run, map, value);
                ObjectNode coding = target == null ? original(run, map, systems, value) : coding(target);
                if (coding != null) {
                    concept.putArray("coding").add(coding);
                }
            }
            for (int first : ALTERNATES) {
                JsonNode alternate = alternate(run, systems, value, first);
                if (alternate != null) {
                    concept.withArray("coding").add(alternate);
                }
            }
            if (!text.isEmpty()) {
                concept.put("text", text);
            }
            return concept.isEmpty() ? null : concept;
        };
    }

    /** The target by row or by the default; null when the sender's code is to be kept. */
    private static ConceptMap.Target target(MapRun run, ConceptMap map, Hl7Value value) {
        ConceptMap.Target target = run.message().target(map, value.text());
        if (target != null) {
            return target;
        }
        String found = "found a code that is not in " + map.name();
        ConceptMap.Unmapped policy = map.policy().unmapped();
        boolean first =
                switch (policy) {
                    case REFUSE -> run.issue(MappingError.CODE_UNKNOWN, found);
                    case KEEP -> run.warn(MappingError.CODE_UNKNOWN, found);
                    case DEFAULT -> run.warn(MappingError.CODE_UNKNOWN, found + ", took the default");
                };
        if (first) {
            run.message().unmapped(map, value.text()); // as often as it stands there, not as often as rows read it
        }
        return policy == ConceptMap.Unmapped.DEFAULT ? map.fallback() : null;
    }

    private static ObjectNode coding(ConceptMap.Target target) {
        if (target.code().isEmpty()) {
            return null;
        }
        ObjectNode coding = JsonNodeFactory.instance.objectNode();
        if (!target.system().isEmpty()) {
            coding.put("system", target.system());
        }
        coding.put("code", target.code());
        if (!target.display().isEmpty()) {
            coding.put("display", target.display());
        }
        return coding;
    }

    /** The sender's alternate code CWE.4 to CWE.6, or the second CWE.10 to CWE.12; null when there is none. */
    private static ObjectNode alternate(MapRun run, ConceptMap systems, Hl7Value value, int first) {
        String code = CodingSystems.code(value.component(first));
        String display = value.component(first + 1).text();
        if (code.isEmpty() && display.isEmpty()) {
            return null;
        }
        ObjectNode coding = JsonNodeFactory.instance.objectNode();
        String system = CodingSystems.uri(systems, value.component(first + 2).text());
        if (system != null) {
            coding.put("system", code.isEmpty() ? system : CodingSystems.checked(run, system, code));
        }
        if (!code.isEmpty()) {
            coding.put("code", code);
        }
        if (!display.isEmpty()) {
            coding.put("display", display);
        }
        return coding;
    }

    /** The sender's code, in the system it names, else in the map's if that has it, else in one of its own. */
    private static ObjectNode original(MapRun run, ConceptMap map, ConceptMap systems, Hl7Value value) {
        if (map.policy().unmapped() != ConceptMap.Unmapped.KEEP) {
            return null;
        }
        ObjectNode coding = JsonNodeFactory.instance.objectNode();
        String system = CodingSystems.uri(systems, value.component(3).text());
        String code = CodingSystems.code(value);
        if (code.isEmpty()) {
            return null;
        }
        coding.put(
                "system",
                system == null
                        ? CodingSystems.ownUnlessKnown(run, map.policy().sourceSystem(), code)
                        : CodingSystems.checked(run, system, code));
        coding.put("code", code);
        JsonNode display = Writers.text(value.component(2).text());
        if (display != null) {
            coding.set("display", display);
        }
        return coding;
    }
}

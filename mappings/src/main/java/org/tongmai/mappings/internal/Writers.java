package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.hl7v2.Hl7Value;

/** What {@code as:} may say, and what a row does for want of it by the type of its element. */
final class Writers {
    private static final Map<String, RowPlan.ValueWriter> BY_KIND = Map.<String, RowPlan.ValueWriter>ofEntries(
            Map.entry("text", (run, row, value) -> text(value.text())),
            Map.entry("code", (run, row, value) -> text(CodingSystems.code(value.text()))),
            Map.entry("uri", Writers::uri),
            Map.entry("positive", (run, row, value) -> counting(run, row, value, 1)),
            Map.entry("unsigned", (run, row, value) -> counting(run, row, value, 0)),
            Map.entry("whole", (run, row, value) -> text(value.whole())),
            Map.entry("date", Writers::date),
            Map.entry("exact-date", exact(Writers::date)),
            Map.entry("dateTime", Writers::dateTime),
            Map.entry("exact-dateTime", exact(Writers::dateTime)),
            Map.entry("instant", Writers::instant),
            Map.entry("time", Writers::time),
            Map.entry("decimal", Writers::decimal),
            Map.entry("integer", Writers::integer),
            Map.entry("boolean", Writers::yesNo));

    /** Before a kind whose invalid value refuses the message. */
    static final String EXACT = "exact-";

    private static final Set<String> NUMERIC = Set.of("decimal", "integer", "positive", "unsigned", "boolean");

    private static final Set<String> TEXTUAL = Set.of("text", "whole", "code", "uri");

    /** FHIR primitive types by what their text is read as. */
    private static final Map<String, String> KIND_OF_TYPE = Map.ofEntries(
            Map.entry("string", "text"),
            Map.entry("markdown", "whole"),
            Map.entry("code", "code"),
            Map.entry("uri", "uri"),
            Map.entry("url", "uri"),
            Map.entry("canonical", "uri"),
            Map.entry("id", "text"),
            Map.entry("oid", "text"),
            Map.entry("base64Binary", "whole"),
            Map.entry("date", "date"),
            Map.entry("dateTime", "dateTime"),
            Map.entry("instant", "instant"),
            Map.entry("time", "time"),
            Map.entry("decimal", "decimal"),
            Map.entry("integer", "integer"),
            Map.entry("positiveInt", "positive"),
            Map.entry("unsignedInt", "unsigned"),
            Map.entry("boolean", "boolean"));

    private Writers() {}

    /** What the type is read as when the row does not say; null when the type is not primitive. */
    static String kindOf(String fhirType) {
        return KIND_OF_TYPE.get(fhirType);
    }

    /** The writer of a kind, or null. */
    static RowPlan.ValueWriter of(String kind) {
        return BY_KIND.get(kind);
    }

    /** Whether what this kind writes is valid in an element of the type. */
    static boolean fits(String kind, String fhirType) {
        String natural = kindOf(fhirType);
        if (kind.startsWith(EXACT)) {
            return fits(kind.substring(EXACT.length()), fhirType);
        }
        if (natural == null) {
            return false;
        }
        boolean textual = TEXTUAL.contains(natural);
        return kind.equals(natural)
                || textual && !NUMERIC.contains(kind)
                || natural.equals("dateTime") && (kind.equals("date") || kind.equals("instant"))
                || natural.equals("decimal") && kind.equals("integer");
    }

    /** A constant of a FHIR type; null when the text is none. */
    static JsonNode constant(String text, String fhirType) {
        return switch (KIND_OF_TYPE.getOrDefault(fhirType, "")) {
            case "" -> null;
            case "boolean" ->
                text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : null;
            case "integer", "positive", "unsigned" ->
                Numbers.isInteger(text) ? IntNode.valueOf(Integer.parseInt(text)) : null;
            case "decimal" -> Numbers.isDecimal(text) ? DecimalNode.valueOf(new BigDecimal(text)) : null;
            default -> TextNode.valueOf(text);
        };
    }

    /** Refuses the message where the plain kind only leaves an invalid value out with a warning. */
    private static RowPlan.ValueWriter exact(RowPlan.ValueWriter plain) {
        return (run, row, value) -> plain.write(run, row.asRequired(), value);
    }

    /** Notes a value that is not of its type: refuses where the row is required, else leaves it out. */
    private static JsonNode bad(MapRun run, RowPlan row, String expected) {
        if (row.required()) {
            run.issue(MappingError.BAD_VALUE, "expected " + expected);
        } else {
            run.warn(MappingError.BAD_VALUE, "expected " + expected + "; left out");
        }
        return null;
    }

    static JsonNode text(String text) {
        return text.isBlank() ? null : TextNode.valueOf(text);
    }

    private static JsonNode date(MapRun run, RowPlan row, Hl7Value value) {
        return read(run, row, Timestamps.date(value.text()), "a date YYYY[MM[DD]]");
    }

    private static JsonNode dateTime(MapRun run, RowPlan row, Hl7Value value) {
        return read(run, row, Timestamps.dateTime(value.text(), run.message().zone()), "a time YYYY[MM[DD[HHMM[SS]]]]");
    }

    private static JsonNode instant(MapRun run, RowPlan row, Hl7Value value) {
        return read(run, row, Timestamps.instant(value.text(), run.message().zone()), "a time YYYYMMDD[HHMM[SS]]");
    }

    private static JsonNode read(MapRun run, RowPlan row, Timestamps.Read read, String expected) {
        if (read == null || read.trimmed() && row.required()) {
            return bad(run, row, expected);
        }
        if (read.trimmed()) {
            run.issue(MappingError.VALUE_TRIMMED, "expected " + expected);
        }
        return TextNode.valueOf(read.text());
    }

    private static JsonNode time(MapRun run, RowPlan row, Hl7Value value) {
        String time = Timestamps.time(value.text());
        return time == null ? bad(run, row, "a time HHMM[SS]") : TextNode.valueOf(time);
    }

    private static JsonNode decimal(MapRun run, RowPlan row, Hl7Value value) {
        String text = value.text();
        if (!Numbers.isDecimal(text)) {
            return bad(run, row, "a number");
        }
        return DecimalNode.valueOf(new BigDecimal(Numbers.plain(text)));
    }

    private static JsonNode integer(MapRun run, RowPlan row, Hl7Value value) {
        String text = value.text();
        if (!Numbers.isInteger(text)) {
            return bad(run, row, "a whole number");
        }
        return IntNode.valueOf(Integer.parseInt(Numbers.plain(text)));
    }

    /** A whole number that is not below the least. */
    private static JsonNode counting(MapRun run, RowPlan row, Hl7Value value, int least) {
        JsonNode number = integer(run, row, value);
        return number == null || number.intValue() >= least
                ? number
                : bad(run, row, "a whole number of at least " + least);
    }

    /** A URI holds no blanks; those of a file name are written as RFC 3986 has them. */
    private static JsonNode uri(MapRun run, RowPlan row, Hl7Value value) {
        return text(value.text().strip().replaceAll("\\s", "%20"));
    }

    private static JsonNode yesNo(MapRun run, RowPlan row, Hl7Value value) {
        return switch (value.text()) {
            case "Y", "y", "1", "true", "T" -> BooleanNode.TRUE;
            case "N", "n", "0", "false", "F" -> BooleanNode.FALSE;
            default -> {
                run.warn(MappingError.CODE_UNKNOWN, "expected Y or N (HL7 table 0136)");
                yield null;
            }
        };
    }

    /** Runs a data type map over the value; nothing when it wrote nothing. */
    static RowPlan.ValueWriter each(MapPlan plan) {
        return (run, row, value) -> {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            MapRun.overValue(run, value, node, plan).execute();
            return node.isEmpty() ? null : node;
        };
    }

    /** Runs a map over the value into what the row's own map writes. */
    static RowPlan.ValueWriter eachInto(MapPlan plan) {
        return (run, row, value) -> {
            MapRun.overValue(run, value, run.target(), plan).execute();
            return run.target();
        };
    }

    /** Makes a resource of the value and refers to it; of the same value that was mapped without an issue, once. */
    static RowPlan.ValueWriter eachResource(MapPlan plan) {
        return (run, row, value) -> {
            ResourceRun known = run.message().made(plan, value);
            if (known != null) {
                return known.referenceNode();
            }
            int raised = run.message().raisedCount();
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("resourceType", plan.type());
            MapRun inner = MapRun.overValue(run, value, node, plan);
            ResourceRun resource = new ResourceRun(null, plan, node, inner);
            resource.nameContent();
            inner.execute();
            if (resource.key() != null) {
                run.message().add(resource);
                if (run.message().raisedCount() == raised) {
                    run.message().keep(resource, value);
                }
            }
            return resource.referenceNode();
        };
    }

    /**
     * Refers to a resource of the message by its name, the nearest around; nothing when the message made none. In a
     * message about one patient all is about him, wherever PID stands.
     */
    static RowPlan.ValueWriter reference(String name) {
        return (run, row, value) -> {
            ResourceRun resource = run.scope().resource(name);
            if (resource == null && name.equals("Patient")) {
                resource = run.message().onlyPatient();
            }
            return resource == null || resource.key() == null ? null : resource.referenceNode();
        };
    }
}

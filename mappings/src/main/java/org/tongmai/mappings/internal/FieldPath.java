package org.tongmai.mappings.internal;

import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * What a row reads: {@code PID-3}, {@code PID-3.4.2}, {@code PID} (the segment is there), or inside a data type map
 * {@code CX-4.2} and {@code CX} (the whole value).
 *
 * @param segment segment name; null when relative to the value in hand
 * @param field field number; 0 for the segment itself
 * @param component component number; 0 for none
 * @param subcomponent subcomponent number; 0 for none
 */
public record FieldPath(String segment, int field, int component, int subcomponent) {
    private static final Hl7Value EMPTY =
            Hl7Message.parse("MSH|^~\\&|").header().field(9);

    /** Reads the notation; null when it is none. */
    public static FieldPath parse(String text, String dataType) {
        int dash = text.indexOf('-');
        String name = dash < 0 ? text : text.substring(0, dash);
        int[] numbers = new int[3];
        if (dash >= 0) {
            String[] parts = text.substring(dash + 1).split("\\.");
            if (parts.length > 3) {
                return null;
            }
            for (int i = 0; i < parts.length; i++) {
                if (!parts[i].matches("[1-9][0-9]{0,2}")) {
                    return null;
                }
                numbers[i] = Integer.parseInt(parts[i]);
            }
        }
        if (name.equals(dataType)) {
            return numbers[2] != 0 ? null : new FieldPath(null, 0, numbers[0], numbers[1]);
        }
        return name.matches("[A-Z][A-Z0-9]{2}")
                ? new FieldPath(name.intern(), numbers[0], numbers[1], numbers[2])
                : null;
    }

    /** Whether it leads from the value in hand. */
    public boolean relative() {
        return segment == null;
    }

    /** The value in the first repetition, or in the repetition in hand when the row in hand reads the same field. */
    Hl7Value resolve(MapRun run) {
        Hl7Value base = base(run);
        return segment != null && component == 0 ? base : part(base);
    }

    /** The field with all its repetitions, or the one in hand of the row in hand, or the value in hand. */
    Hl7Value base(MapRun run) {
        if (segment == null) {
            return run.value();
        }
        Hl7Value current = run.repetitionOf(segment, field);
        return current != null ? current : field(run);
    }

    /** The field with all its repetitions, also when one of them is in hand. */
    Hl7Value field(MapRun run) {
        Hl7Segment found = run.segment(segment);
        return found == null || field == 0 ? EMPTY : found.field(field);
    }

    /** Component and subcomponent of a repetition. */
    Hl7Value part(Hl7Value repetition) {
        Hl7Value part = component == 0 ? repetition : repetition.component(component);
        return subcomponent == 0 ? part : part.component(subcomponent);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(segment == null ? "" : segment);
        if (field > 0) {
            out.append('-').append(field);
        }
        if (component > 0) {
            out.append('.').append(component);
        }
        if (subcomponent > 0) {
            out.append('.').append(subcomponent);
        }
        return out.toString();
    }
}

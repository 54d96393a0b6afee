package org.tongmai.mappings.hl7out.internal;

import java.util.List;
import org.tongmai.mappings.internal.FieldPath;

/**
 * A condition of a row, asked of the message that is being written. That a field equals something is made true where the
 * field is still empty: the row says what the field must have been.
 *
 * @param kind as written
 * @param fields asked
 * @param values compared with
 */
record BackCondition(String kind, List<FieldPath> fields, List<String> values) {
    boolean mayTurnTrue() {
        return kind.equals("valued") || kind.equals("any-valued") || kind.equals("equals");
    }

    /** @param entries how many values the row in hand writes into its field */
    boolean holds(BackRun run, int entries) {
        return switch (kind) {
            case "event" -> values.contains(run.message().trigger());
            case "not-event" -> !values.contains(run.message().trigger());
            case "since" -> run.message().has(values.get(0));
            case "before-version" -> isBefore(run);
            case "one" -> isBefore(run) || run.repetition() == 0;
            case "valued" -> fields.stream().noneMatch(field -> text(run, field).isEmpty());
            case "any-valued" ->
                fields.stream().anyMatch(field -> !text(run, field).isEmpty());
            case "empty" -> fields.stream().allMatch(field -> text(run, field).isEmpty());
            case "equals" -> equal(run);
            case "differs" -> !values.contains(text(run, fields.get(0)));
            case "repeats" -> entries > 1 || count(run) > 1;
            case "single" -> entries <= 1 && count(run) <= 1;
            case "numeric" -> numeric(text(run, fields.get(0)));
            case "not-numeric" -> !numeric(text(run, fields.get(0)));
            case "time" -> text(run, fields.get(0)).matches("[0-9]{4}.*");
            case "not-time" -> !text(run, fields.get(0)).matches("[0-9]{4}.*");
            case "longer" -> text(run, fields.get(0)).length() > Integer.parseInt(values.get(0));
            default -> true; // where a segment stands among others is the structure's business
        };
    }

    private boolean isBefore(BackRun run) {
        boolean otherEvent = values.size() > 1 && !values.contains(run.message().trigger());
        return otherEvent || !run.message().has(values.get(0));
    }

    private boolean equal(BackRun run) {
        String text = text(run, fields.get(0));
        if (text.isEmpty() && !values.contains("")) {
            if (values.size() > 1 && run.tellsNoneOf()) {
                return run.ofSegment(); // which of them it was nobody knows
            }
            Cell cell = run.forcing() ? run.cell(fields.get(0), run.repetition(fields.get(0))) : null;
            return cell != null && cell.set(run.message().preferred(fields.get(0), values));
        }
        return values.contains(text);
    }

    private int count(BackRun run) {
        FieldPath field = fields.get(0);
        Draft segment = field.relative() ? null : run.segment(field.segment());
        return segment == null ? 1 : segment.field(field.field()).count();
    }

    private static String text(BackRun run, FieldPath field) {
        if (!field.relative() && field.field() == 0) {
            return run.segment(field.segment()) == null ? "" : field.segment();
        }
        Cell cell = run.cell(field, run.repetition(field));
        return cell == null ? "" : cell.isEmpty() ? "" : cell.text().isEmpty() ? " " : cell.text();
    }

    private static boolean numeric(String text) {
        return text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)");
    }
}

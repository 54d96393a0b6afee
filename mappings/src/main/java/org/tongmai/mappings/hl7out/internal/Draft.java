package org.tongmai.mappings.hl7out.internal;

import java.util.Map;
import java.util.TreeMap;
import org.tongmai.mappings.internal.FieldPath;

/** A segment being written. */
final class Draft {
    private final String name;
    private final TreeMap<Integer, Cell> fields = new TreeMap<>();

    Draft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The field with this number. */
    Cell field(int number) {
        return fields.computeIfAbsent(number, key -> new Cell(Cell.Level.FIELD));
    }

    /**
     * Where a path leads; null when it is too deep.
     *
     * @param repetition 0 for the first
     */
    Cell cell(FieldPath path, int repetition) {
        Cell cell = field(path.field()).part(repetition + 1);
        return inside(cell, path);
    }

    /** Component and subcomponent of a value; null when there is no such place. */
    static Cell inside(Cell value, FieldPath path) {
        Cell cell = value;
        if (cell != null && path.component() > 0) {
            cell = cell.part(path.component());
        }
        if (cell != null && path.subcomponent() > 0) {
            cell = cell.part(path.subcomponent());
        }
        return cell;
    }

    boolean isEmpty() {
        return fields.values().stream().allMatch(Cell::isEmpty);
    }

    Draft copy() {
        Draft copy = new Draft(name);
        fields.forEach((number, cell) -> copy.fields.put(number, cell.copy()));
        return copy;
    }

    void restore(Draft copy) {
        fields.keySet().retainAll(copy.fields.keySet());
        fields.forEach((number, cell) -> cell.restore(copy.fields.get(number)));
    }

    void write(StringBuilder out, Encoding encoding) {
        out.append(name);
        int at = 0;
        if (name.equals("MSH")) {
            out.append(encoding.by().field())
                    .append(encoding.by().component())
                    .append(encoding.by().repetition())
                    .append(encoding.by().escape())
                    .append(encoding.by().subcomponent());
            at = 2;
        }
        for (Map.Entry<Integer, Cell> field : fields.entrySet()) {
            if (field.getKey() <= at || field.getValue().isEmpty()) {
                continue;
            }
            out.append(String.valueOf(encoding.by().field()).repeat(field.getKey() - at));
            field.getValue().write(out, encoding);
            at = field.getKey();
        }
        out.append('\r');
    }
}

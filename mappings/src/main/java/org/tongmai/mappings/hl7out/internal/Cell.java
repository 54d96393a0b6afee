package org.tongmai.mappings.hl7out.internal;

import java.util.ArrayList;
import java.util.List;

/** A value being written: a field with repetitions, a repetition with components, a component with subcomponents. */
final class Cell {
    /** What a value may consist of; HL7 has no deeper one. */
    enum Level {
        FIELD,
        REPETITION,
        COMPONENT,
        SUBCOMPONENT
    }

    private final Level level;
    private final List<Cell> parts = new ArrayList<>(0);
    private String text = "";

    Cell(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    /**
     * A part: a repetition of a field, a component of a repetition, a subcomponent of a component; of a subcomponent only the
     * first is there and is itself. Null for one that has no place.
     *
     * @param number 1 for the first
     */
    Cell part(int number) {
        if (level == Level.SUBCOMPONENT) {
            return number == 1 ? this : null;
        }
        while (parts.size() < number) {
            parts.add(new Cell(Level.values()[level.ordinal() + 1]));
        }
        if (!text.isEmpty()) {
            String whole = text;
            text = "";
            parts.get(0).set(whole);
        }
        return parts.get(number - 1);
    }

    /** Writes a text where nothing stands yet; says whether the text stands there now. */
    boolean set(String value) {
        if (!parts.isEmpty()) {
            return parts.get(0).set(value);
        }
        if (text.isEmpty()) {
            text = value;
        }
        return text.equals(value);
    }

    /** Puts a text in the place of whatever stands there. */
    void replace(String value) {
        parts.clear();
        text = value;
    }

    boolean isEmpty() {
        return text.isEmpty() && parts.stream().allMatch(Cell::isEmpty);
    }

    /** The first leaf. */
    String text() {
        return parts.isEmpty() ? text : parts.get(0).text();
    }

    /** How many parts hold something, the empty ones between them included. */
    int count() {
        int count = parts.size();
        while (count > 0 && parts.get(count - 1).isEmpty()) {
            count--;
        }
        return Math.max(count, text.isEmpty() ? 0 : 1);
    }

    Cell copy() {
        Cell copy = new Cell(level);
        copy.text = text;
        parts.forEach(part -> copy.parts.add(part.copy()));
        return copy;
    }

    /** Becomes what a copy of another is, where nothing stands yet. */
    void become(Cell copy) {
        text = copy.text;
        parts.clear();
        parts.addAll(copy.parts);
    }

    /** Becomes what a copy was; cells somebody holds stay the ones in place. */
    void restore(Cell copy) {
        text = copy.text;
        while (parts.size() > copy.parts.size()) {
            parts.remove(parts.size() - 1);
        }
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).restore(copy.parts.get(i));
        }
    }

    void write(StringBuilder out, Encoding encoding) {
        if (parts.isEmpty()) {
            encoding.escape(text, out);
            return;
        }
        int count = count();
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(encoding.separator(level));
            }
            parts.get(i).write(out, encoding);
        }
    }
}

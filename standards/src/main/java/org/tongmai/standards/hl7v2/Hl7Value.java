package org.tongmai.standards.hl7v2;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a message: a field, one of its repetitions, a component or a subcomponent. Holds offsets only; its parts
 * are found, and its text is made with its escapes resolved, when they are first asked for, and kept: maps ask often.
 */
public final class Hl7Value {
    static final int FIELD = 0;
    static final int REPETITION = 1;
    static final int COMPONENT = 2;
    static final int SUBCOMPONENT = 3;
    /** MSH-1 and MSH-2, in which no separator separates. */
    static final int LITERAL = 4;

    private final Hl7Message message;
    private final int start;
    private final int end;
    private final int level;
    /** Where each part begins, and behind them the end plus one; null until a part is asked for. */
    private int[] starts;

    private Hl7Value[] parts;
    private String text;

    Hl7Value(Hl7Message message, int start, int end, int level) {
        this.message = message;
        this.start = start;
        this.end = end;
        this.level = level;
    }

    static Hl7Value empty(Hl7Message message) {
        return message.nothing();
    }

    /** Says that nothing was sent: no character, or separators only. */
    public boolean isEmpty() {
        String text = message.text();
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c != ' ' && !separates(c)) {
                return false;
            }
        }
        return true;
    }

    private boolean separates(char c) {
        Hl7Delimiters d = message.delimiters();
        return level != LITERAL && (c == d.component() || c == d.repetition() || c == d.subcomponent());
    }

    /** Says that two double quotes were sent: delete what you have (HL7 v2.8 chapter 2.5.3.2). */
    public boolean isNull() {
        String text = message.text();
        return end - start == 2 && text.charAt(start) == '"' && text.charAt(start + 1) == '"';
    }

    /** How often the field repeats; 1 for anything but a field, and for a field without a repetition separator. */
    public int repetitionCount() {
        if (level != FIELD) {
            return 1;
        }
        int count = 1;
        char separator = message.delimiters().repetition();
        String text = message.text();
        for (int at = next(text, separator, start); at < end; at = next(text, separator, at + 1)) {
            count++;
        }
        return count;
    }

    /** One repetition, 0 for the first; empty when there are fewer. */
    public Hl7Value repetition(int index) {
        if (level != FIELD) {
            return index == 0 ? this : empty(message);
        }
        return part(index, message.delimiters().repetition(), REPETITION);
    }

    /** All repetitions in order, found in one pass: for reading many of them. One for anything but a field. */
    public List<Hl7Value> repetitions() {
        if (level != FIELD) {
            return List.of(this);
        }
        split(message.delimiters().repetition());
        if (parts.length == 1) {
            return List.of(repetition(0));
        }
        List<Hl7Value> all = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            all.add(repetition(i));
        }
        return all;
    }

    /**
     * The part below: a component of a field or repetition, a subcomponent of a component; of a subcomponent only the
     * first exists and is itself (an older sender's field may be a component of a newer standard).
     *
     * @param number 1 for the first
     */
    public Hl7Value component(int number) {
        return switch (level) {
            case FIELD -> repetition(0).component(number);
            case REPETITION -> part(number - 1, message.delimiters().component(), COMPONENT);
            case COMPONENT -> part(number - 1, message.delimiters().subcomponent(), SUBCOMPONENT);
            default -> number == 1 ? this : empty(message);
        };
    }

    private Hl7Value part(int index, char separator, int partLevel) {
        split(separator);
        if (index >= parts.length) {
            return empty(message);
        }
        Hl7Value part = parts[index];
        if (part == null) {
            part = new Hl7Value(message, starts[index], starts[index + 1] - 1, partLevel);
            parts[index] = part;
        }
        return part;
    }

    private void split(char separator) {
        if (parts != null) {
            return;
        }
        String all = message.text();
        int count = 1;
        for (int at = next(all, separator, start); at < end; at = next(all, separator, at + 1)) {
            count++;
        }
        int[] found = new int[count + 1];
        found[0] = start;
        for (int i = 1; i <= count; i++) {
            found[i] = next(all, separator, found[i - 1]) + 1;
        }
        starts = found;
        parts = new Hl7Value[count];
    }

    /** Position of the next separator, or the end of this value. */
    private int next(String text, char separator, int from) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) == separator) {
                return i;
            }
        }
        return end;
    }

    /** The first leaf (first repetition, component, subcomponent) with escapes resolved and outer blanks removed. */
    public String text() {
        if (text == null) {
            text = resolved(start, leafEnd());
        }
        return text;
    }

    private int leafEnd() {
        if (level >= SUBCOMPONENT) {
            return end;
        }
        Hl7Delimiters d = message.delimiters();
        String all = message.text();
        for (int i = start; i < end; i++) {
            char c = all.charAt(i);
            if (c == d.subcomponent()
                    || level <= REPETITION && c == d.component()
                    || level == FIELD && c == d.repetition()) {
                return i;
            }
        }
        return end;
    }

    /** Everything, separators included, with escapes resolved and outer blanks removed: for narrative text. */
    public String whole() {
        return resolved(start, end);
    }

    private String resolved(int first, int behind) {
        int from = first;
        int to = behind;
        String all = message.text();
        while (from < to && all.charAt(from) == ' ') {
            from++;
        }
        while (to > from && all.charAt(to - 1) == ' ') {
            to--;
        }
        return level == LITERAL ? all.substring(from, to) : Hl7Escapes.resolve(message, from, to);
    }

    /** Exactly what was sent. */
    public String raw() {
        return message.text().substring(start, end);
    }

    /** How deep it lies: 0 a field, 1 a repetition, 2 a component, 3 a subcomponent. */
    public int depth() {
        return Math.min(level, SUBCOMPONENT);
    }

    /** Where it begins in the decoded text, in characters. */
    public int offset() {
        return start;
    }

    /** How many characters it has. */
    public int length() {
        return end - start;
    }

    /** Names no content. */
    @Override
    public String toString() {
        return "Hl7Value[" + start + "+" + length() + "]";
    }
}

package org.tongmai.standards.hl7v2;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a message: a field, one of its repetitions, a component or a subcomponent. Holds offsets only; the text
 * is made, and its escapes resolved, when {@link #text()} is called.
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

    Hl7Value(Hl7Message message, int start, int end, int level) {
        this.message = message;
        this.start = start;
        this.end = end;
        this.level = level;
    }

    static Hl7Value empty(Hl7Message message) {
        return new Hl7Value(message, 0, 0, SUBCOMPONENT);
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
        List<Hl7Value> all = new ArrayList<>(2);
        char separator = message.delimiters().repetition();
        String text = message.text();
        int from = start;
        for (int at = next(text, separator, from); at < end; at = next(text, separator, from)) {
            all.add(new Hl7Value(message, from, at, REPETITION));
            from = at + 1;
        }
        all.add(new Hl7Value(message, from, end, REPETITION));
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
        String text = message.text();
        int from = start;
        for (int i = 0; i < index; i++) {
            int at = next(text, separator, from);
            if (at >= end) {
                return empty(message);
            }
            from = at + 1;
        }
        return new Hl7Value(message, from, next(text, separator, from), partLevel);
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
        Hl7Value leaf = this;
        while (leaf.level < SUBCOMPONENT) {
            leaf = leaf.level == FIELD ? leaf.repetition(0) : leaf.component(1);
        }
        return leaf.whole();
    }

    /** Everything, separators included, with escapes resolved and outer blanks removed: for narrative text. */
    public String whole() {
        int from = start;
        int to = end;
        String text = message.text();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return level == LITERAL ? text.substring(from, to) : Hl7Escapes.resolve(message, from, to);
    }

    /** Exactly what was sent. */
    public String raw() {
        return message.text().substring(start, end);
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

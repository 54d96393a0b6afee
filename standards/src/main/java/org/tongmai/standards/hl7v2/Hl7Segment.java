package org.tongmai.standards.hl7v2;

import java.util.Arrays;

/** One segment: its name and its fields, numbered as in the standard (MSH-1 is the field separator itself). */
public final class Hl7Segment {
    private final Hl7Message message;
    private final int start;
    private final int end;
    private final String name;
    /** Start of field n at [n]; its end is the next start minus one. Null until a field is asked for. */
    private int[] starts;

    /** The fields that were asked for, by number. */
    private Hl7Value[] values;

    private int fields;

    Hl7Segment(Hl7Message message, int start, int end) {
        this.message = message;
        this.start = start;
        this.end = end;
        this.name = readName();
    }

    private String readName() {
        String text = message.text();
        int stop = start;
        char separator = message.delimiters().field();
        while (stop < end && stop < start + 3 && text.charAt(stop) != separator) {
            stop++;
        }
        return Hl7SegmentNames.canonical(text, start, stop);
    }

    /** The name, for example {@code PID}; shorter than three characters when the sender's was. */
    public String name() {
        return name;
    }

    public boolean is(String other) {
        return name.equals(other);
    }

    /** Where the segment begins in the decoded text, in characters. */
    public int offset() {
        return start;
    }

    /** How many fields were sent, MSH-1 included. */
    public int fieldCount() {
        split();
        return fields;
    }

    /** The field with this number with all its repetitions; empty when it was not sent. */
    public Hl7Value field(int number) {
        split();
        if (number < 1 || number > fields) {
            return Hl7Value.empty(message);
        }
        if (values[number] == null) {
            values[number] = value(number);
        }
        return values[number];
    }

    private Hl7Value value(int number) {
        int from = starts[number];
        int to = starts[number + 1] - 1;
        if (number <= 2 && isHeader()) {
            return new Hl7Value(message, from, number == 1 ? from + 1 : to, Hl7Value.LITERAL);
        }
        return new Hl7Value(message, from, Math.max(from, to), Hl7Value.FIELD);
    }

    private boolean isHeader() {
        return name.equals("MSH") || name.equals("FHS") || name.equals("BHS");
    }

    private void split() {
        if (starts != null) {
            return;
        }
        int[] found = new int[32];
        int count = 0;
        String text = message.text();
        char separator = message.delimiters().field();
        int at = text.indexOf(separator, start);
        if (isHeader() && at >= 0 && at < end) {
            found[++count] = at; // MSH-1 is the separator itself
        }
        while (at >= 0 && at < end) {
            count++;
            if (count + 2 >= found.length) {
                found = Arrays.copyOf(found, found.length * 2);
            }
            found[count] = at + 1;
            at = text.indexOf(separator, at + 1);
        }
        found[count + 1] = end + 1;
        fields = count;
        values = new Hl7Value[count + 1];
        starts = found;
    }

    @Override
    public String toString() {
        return name;
    }
}

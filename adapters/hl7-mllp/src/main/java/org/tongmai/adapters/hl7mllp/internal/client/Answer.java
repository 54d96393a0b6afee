package org.tongmai.adapters.hl7mllp.internal.client;

import java.util.regex.Pattern;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * What an acknowledgement says, and nothing of its texts, which may repeat the message.
 *
 * @param code MSA-1; empty when there is no MSA
 * @param controlId MSA-2
 */
record Answer(String code, String controlId) {
    private static final int NAME = 3;

    static Answer of(byte[] content) {
        String text = Hl7Decoder.decode(content, null).text();
        char separator = Hl7Header.scan(text).separators().field();
        int at = startOfMsa(text, separator);
        if (at < 0) {
            return new Answer("", "");
        }
        String[] fields = text.substring(at, endOfSegment(text, at)).split(Pattern.quote("" + separator), -1);
        return new Answer(field(fields, 1), field(fields, 2));
    }

    boolean positive() {
        return code.equals("AA") || code.equals("CA");
    }

    boolean rejects() {
        return code.equals("AR") || code.equals("CR");
    }

    boolean fails() {
        return code.equals("AE") || code.equals("CE");
    }

    /** Says whether it answers that message: it names it, or could not make out its number. */
    boolean answers(String askedControlId) {
        return controlId.equals(askedControlId) || controlId.isEmpty();
    }

    private static int startOfMsa(String text, char separator) {
        int at = text.indexOf("MSA" + separator);
        while (at > 0 && text.charAt(at - 1) != '\r' && text.charAt(at - 1) != '\n') {
            at = text.indexOf("MSA" + separator, at + NAME);
        }
        return at;
    }

    private static int endOfSegment(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\r' && text.charAt(i) != '\n') {
            i++;
        }
        return i;
    }

    private static String field(String[] fields, int number) {
        return number < fields.length ? fields[number].trim() : "";
    }

    /** Shows the code alone. */
    @Override
    public String toString() {
        return "Answer[" + code + "]";
    }
}

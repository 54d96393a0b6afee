package org.tongmai.adapters.hl7mllp.internal.client;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * An acknowledgement as it came.
 *
 * @param code MSA-1; empty when there is no MSA
 * @param controlId MSA-2
 * @param raw its bytes, without frame marks; none where the message asked for no answer
 * @param charset they are read with
 * @param text they mean
 */
public record Answer(String code, String controlId, byte[] raw, Charset charset, String text) {
    /** Of a message that asks for none: that it was written is all there is to know. */
    static final Answer NONE = new Answer("", "", new byte[0], StandardCharsets.UTF_8, "");

    private static final int NAME = 3;

    static Answer of(byte[] content) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(content, null);
        String text = decoded.text();
        char separator = Hl7Header.scan(text).separators().field();
        int at = startOfMsa(text, separator);
        if (at < 0) {
            return new Answer("", "", content, decoded.charset(), text);
        }
        String[] fields = text.substring(at, endOfSegment(text, at)).split(Pattern.quote("" + separator), -1);
        return new Answer(field(fields, 1), field(fields, 2), content, decoded.charset(), text);
    }

    public boolean positive() {
        return code.equals("AA") || code.equals("CA");
    }

    public boolean rejects() {
        return code.equals("AR") || code.equals("CR");
    }

    public boolean fails() {
        return code.equals("AE") || code.equals("CE");
    }

    /** Whether there is one. */
    public boolean expected() {
        return this != NONE;
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

package org.tongmai.standards.hl7v2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Resolves escape sequences (HL7 v2.8 chapter 2.7); what is not one of them stays as it was sent. */
final class Hl7Escapes {
    private Hl7Escapes() {}

    static String resolve(Hl7Message message, int start, int end) {
        String text = message.text();
        char escape = message.delimiters().escape();
        int at = escape == '\0' ? end : start;
        while (at < end && text.charAt(at) != escape) {
            at++; // indexOf would read to the end of the message
        }
        if (at >= end) {
            return text.substring(start, end);
        }
        StringBuilder out = new StringBuilder(end - start);
        int from = start;
        while (at >= 0 && at < end) {
            int close = text.indexOf(escape, at + 1);
            if (close < 0 || close >= end) {
                break;
            }
            out.append(text, from, at);
            if (append(message, text.substring(at + 1, close), out)) {
                from = close + 1;
                at = text.indexOf(escape, from);
            } else {
                out.append(escape);
                from = at + 1;
                at = close;
            }
        }
        return out.append(text, from, end).toString();
    }

    /** Appends what the sequence stands for; false when it is none. */
    private static boolean append(Hl7Message message, String sequence, StringBuilder out) {
        if (sequence.isEmpty()) {
            return false;
        }
        Hl7Delimiters d = message.delimiters();
        switch (sequence) {
            case "F" -> out.append(d.field());
            case "S" -> out.append(d.component());
            case "R" -> out.append(d.repetition());
            case "E" -> out.append(d.escape());
            case "T" -> out.append(d.subcomponent());
            case "H", "N" -> {} // highlighting has no place in data
            case ".br", ".sp", ".ce" -> out.append('\n');
            default -> {
                return sequence.charAt(0) == 'X' && appendHex(message, sequence, out);
            }
        }
        return true;
    }

    private static boolean appendHex(Hl7Message message, String sequence, StringBuilder out) {
        if (sequence.length() < 3 || sequence.length() % 2 == 0) {
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 1; i < sequence.length(); i += 2) {
            int high = Character.digit(sequence.charAt(i), 16);
            int low = Character.digit(sequence.charAt(i + 1), 16);
            if (high < 0 || low < 0) {
                return false;
            }
            bytes.write(high << 4 | low);
        }
        byte[] raw = bytes.toByteArray();
        boolean ascii = raw.length == 1 && raw[0] >= 0;
        out.append(new String(raw, ascii ? StandardCharsets.ISO_8859_1 : message.charset()));
        return true;
    }
}

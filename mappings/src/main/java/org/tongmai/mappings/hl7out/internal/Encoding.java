package org.tongmai.mappings.hl7out.internal;

import org.tongmai.standards.hl7v2.Hl7Delimiters;

/** Writes texts with the separators of a message escaped (HL7 v2.8 chapter 2.7); line ends become {@code \.br\}. */
record Encoding(Hl7Delimiters by) {
    static final Encoding STANDARD = new Encoding(Hl7Delimiters.STANDARD);

    /** What stands between the parts of a value. */
    char separator(Cell.Level level) {
        return switch (level) {
            case FIELD -> by.repetition();
            case REPETITION -> by.component();
            default -> by.subcomponent();
        };
    }

    void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                continue;
            }
            String sequence = sequence(c);
            if (sequence == null) {
                out.append(c);
            } else {
                out.append(by.escape()).append(sequence).append(by.escape());
            }
        }
    }

    private String sequence(char c) {
        if (c == by.field()) {
            return "F";
        }
        if (c == by.component()) {
            return "S";
        }
        if (c == by.repetition()) {
            return "R";
        }
        if (c == by.subcomponent()) {
            return "T";
        }
        if (c == by.escape()) {
            return "E";
        }
        if (c == '\r' || c == '\n') {
            return ".br";
        }
        return c < ' ' ? String.format("X%02X", (int) c) : null;
    }
}

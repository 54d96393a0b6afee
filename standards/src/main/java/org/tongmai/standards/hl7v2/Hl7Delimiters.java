package org.tongmai.standards.hl7v2;

/**
 * The separators of one message, from MSH-1 and MSH-2 (HL7 v2.8 chapter 2.5.4). A separator a short MSH-2 does not name
 * is {@code '\0'}, which occurs in no text.
 *
 * @param field usually {@code |}
 * @param component usually {@code ^}
 * @param repetition usually {@code ~}
 * @param escape usually {@code \}
 * @param subcomponent usually {@code &}
 */
public record Hl7Delimiters(char field, char component, char repetition, char escape, char subcomponent) {
    /** The separators recommended by the standard. */
    public static final Hl7Delimiters STANDARD = new Hl7Delimiters('|', '^', '~', '\\', '&');

    /** Reads MSH-1 and MSH-2 at {@code headerStart}, where {@code MSH}, {@code FHS} or {@code BHS} stands. */
    static Hl7Delimiters read(String text, int headerStart, int headerEnd) {
        int at = headerStart + 3;
        if (at >= headerEnd) {
            return STANDARD;
        }
        char field = text.charAt(at);
        int end = text.indexOf(field, at + 1);
        if (end < 0 || end > headerEnd) {
            end = headerEnd;
        }
        return new Hl7Delimiters(
                field,
                at + 1 < end ? text.charAt(at + 1) : '^',
                at + 2 < end ? text.charAt(at + 2) : '\0',
                at + 3 < end ? text.charAt(at + 3) : '\0',
                at + 4 < end ? text.charAt(at + 4) : '\0');
    }
}

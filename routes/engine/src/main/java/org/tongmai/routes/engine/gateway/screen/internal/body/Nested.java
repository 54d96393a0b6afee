package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;

/** Documents in values: services read a value further that begins like one, in whatever format it came. */
public final class Nested {
    private static final char BOM = 0xFEFF;

    private Nested() {}

    /** Reads a text that begins like XML, JSON or HL7 v2, as far as it is one. */
    public static void read(String text, Inspection inspection) throws Refused {
        int from = first(text);
        switch (from < text.length() ? text.charAt(from) : 0) {
            case '<' -> {
                if (isXml(text, from)) {
                    XmlReader.readNested(text.substring(from), inspection);
                }
            }
            case '{', '[' -> {
                if (JsonReader.begins(text, from)) {
                    JsonReader.readNested(text.substring(from), inspection);
                }
            }
            case 'M', 'F', 'B' -> {
                if (Er7Reader.isMessage(text, from)) {
                    Er7Reader.read(text.substring(from), inspection);
                }
            }
            default -> {}
        }
    }

    /** Whether a text begins like one of them. */
    static boolean begins(String text) {
        int from = first(text);
        char first = from < text.length() ? text.charAt(from) : 0;
        return first == '<' && isXml(text, from)
                || (first == '{' || first == '[') && JsonReader.begins(text, from)
                || Er7Reader.isMessage(text, from);
    }

    /** Index of the first character that is more than white space, a control or a byte order mark. */
    static int first(String text) {
        int from = 0;
        while (from < text.length() && (text.charAt(from) <= ' ' || text.charAt(from) == BOM)) {
            from++;
        }
        return from;
    }

    /** Whether a parser would find an element that ends: making one for each bracket would be dear. */
    private static boolean isXml(String text, int from) {
        char next = from + 1 < text.length() ? text.charAt(from + 1) : 0;
        boolean begins = next == '?' || next == '!' || next == '_' || next == ':' || Character.isLetter(next);
        return begins && (text.indexOf("</", from) >= 0 || text.indexOf("/>", from) >= 0);
    }
}

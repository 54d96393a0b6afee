package org.tongmai.routes.engine.gateway.screen.internal.value;

/** What servers take for white space. */
public final class Blanks {
    private Blanks() {}

    /**
     * Every server takes the ASCII ones, SQL Server, Oracle and MySQL some of the others. U+FFFD stands where a byte was that is
     * not UTF-8: 0xA0 is a blank to MySQL where its connection is in Latin 1.
     */
    public static boolean is(char c) {
        return c < 0x80 ? c > 0 && c <= ' ' || c == 0x7F : beyondAscii(c);
    }

    /** The same of a character that is known to be none of ASCII. */
    static boolean beyondAscii(char c) {
        boolean may = c < 0x100 || c == 0x3000 || c == 0xFFFD || c >= 0x1680 && c <= 0x205F;
        return may && (c == 0x85 || c == 0xFFFD || Character.isSpaceChar(c));
    }
}

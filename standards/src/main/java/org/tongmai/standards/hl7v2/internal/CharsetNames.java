package org.tongmai.standards.hl7v2.internal;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;

/** Knows the names of HL7 table 0211 and the other names people write into MSH-18. */
public final class CharsetNames {
    /** Read GBK and GB2312 with it as well: it contains them, and senders are careless about which they name. */
    public static final Charset GB18030 = Charset.forName("GB18030");

    public static final Charset BIG5 = Charset.forName("Big5");

    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final int LONGEST_NAME = 40;

    // Keys are upper case without spaces, hyphens, underscores, slashes and dots.
    private static final Map<String, Charset> KNOWN = Map.ofEntries(
            Map.entry("ASCII", StandardCharsets.US_ASCII),
            Map.entry("ISOIR6", StandardCharsets.US_ASCII),
            Map.entry("88591", StandardCharsets.ISO_8859_1),
            Map.entry("ISOIR100", StandardCharsets.ISO_8859_1),
            // MLLP's marks do not survive 16 or 32 bit units, so what says UNICODE on a socket is UTF-8.
            Map.entry("UNICODE", UTF_8),
            Map.entry("UNICODEUTF8", UTF_8),
            Map.entry("UNICODEUTF16", UTF_8),
            Map.entry("UNICODEUTF32", UTF_8),
            Map.entry("UTF8", UTF_8),
            Map.entry("ISOIR192", UTF_8),
            Map.entry("GB180302000", GB18030),
            Map.entry("GB180302005", GB18030),
            Map.entry("GB180302022", GB18030),
            Map.entry("GB18030", GB18030),
            Map.entry("GBK", GB18030),
            Map.entry("CP936", GB18030),
            Map.entry("MS936", GB18030),
            Map.entry("GB2312", GB18030),
            Map.entry("GB23121980", GB18030),
            Map.entry("EUCCN", GB18030),
            Map.entry("ISOIR58", GB18030),
            Map.entry("BIG5", BIG5),
            Map.entry("CP950", BIG5),
            Map.entry("MS950", BIG5));

    // Names outside the basic charsets: the JDK's own name, looked up when first met.
    private static final Map<String, String> JDK_NAMES = Map.ofEntries(
            Map.entry("88592", "ISO-8859-2"),
            Map.entry("88593", "ISO-8859-3"),
            Map.entry("88594", "ISO-8859-4"),
            Map.entry("88595", "ISO-8859-5"),
            Map.entry("88596", "ISO-8859-6"),
            Map.entry("88597", "ISO-8859-7"),
            Map.entry("88598", "ISO-8859-8"),
            Map.entry("88599", "ISO-8859-9"),
            Map.entry("885915", "ISO-8859-15"),
            Map.entry("ISOIR13", "JIS_X0201"),
            Map.entry("ISOIR14", "JIS_X0201"),
            Map.entry("ISOIR87", "ISO-2022-JP"),
            Map.entry("ISOIR159", "ISO-2022-JP"),
            Map.entry("KSX1001", "EUC-KR"),
            Map.entry("ISOIR149", "EUC-KR"),
            Map.entry("CNS116431992", "x-EUC-TW"));

    // As they are usually written, so that the common case costs one look-up.
    private static final Map<String, Charset> COMMON = Map.ofEntries(
            Map.entry("UNICODE UTF-8", UTF_8),
            Map.entry("UNICODE", UTF_8),
            Map.entry("UTF-8", UTF_8),
            Map.entry("8859/1", StandardCharsets.ISO_8859_1),
            Map.entry("ASCII", StandardCharsets.US_ASCII),
            Map.entry("GB 18030-2000", GB18030),
            Map.entry("GB18030", GB18030),
            Map.entry("GBK", GB18030),
            Map.entry("GB2312", GB18030),
            Map.entry("BIG5", BIG5),
            Map.entry("BIG-5", BIG5));

    private CharsetNames() {}

    /** Finds the charset of a name; null for a name nobody knows. */
    public static Charset find(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return null;
        }
        Charset common = COMMON.get(name);
        return common != null ? common : lookUp(name);
    }

    /** Says whether seven-bit bytes may mean something else than ASCII in it. */
    public static boolean usesEscapes(Charset charset) {
        return charset.name().startsWith("ISO-2022");
    }

    private static Charset lookUp(String name) {
        String key = name.toUpperCase(Locale.ROOT).replaceAll("[ \\-_/.]", "");
        Charset known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        try {
            Charset charset = Charset.forName(JDK_NAMES.getOrDefault(key, name.trim()));
            return readsAscii(charset) ? charset : UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }

    private static boolean readsAscii(Charset charset) {
        return "MSH|".equals(new String("MSH|".getBytes(StandardCharsets.US_ASCII), charset));
    }
}

package org.tongmai.standards.hl7v2;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.internal.CharsetDetection;
import org.tongmai.standards.hl7v2.internal.CharsetNames;
import org.tongmai.standards.hl7v2.internal.DeclaredCharset;

/**
 * Reads the bytes of one message as text. Splitting comes after this, never before: in GBK, GB18030 and BIG5 the second
 * byte of a character may equal {@code | ^ ~ \}.
 *
 * <p>What is believed, in this order: a byte order mark, MSH-18 (HL7 table 0211), the connection's charset, and what
 * the bytes themselves say. A claim that the bytes contradict is not believed; it is reported and the bytes decide.
 */
public final class Hl7Decoder {
    private static final int BYTE_ORDER_MARK_LENGTH = 3;

    private Hl7Decoder() {}

    /**
     * A message as text.
     *
     * @param text without a byte order mark
     * @param charset the charset it was read with, which its acknowledgement is to be written with
     * @param issues what was wrong with the claimed charset or the characters; never any content
     */
    public record Decoded(String text, Charset charset, List<Issue> issues) {
        public Decoded {
            issues = List.copyOf(issues);
        }

        /** Shows no content. */
        @Override
        public String toString() {
            return "Decoded[" + text.length() + " characters, " + charset + ", " + issues.size() + " issues]";
        }
    }

    /**
     * Decodes one message.
     *
     * @param raw the bytes between the frame marks
     * @param connectionCharset what the connection is configured with; null when nothing is
     */
    public static Decoded decode(byte[] raw, Charset connectionCharset) {
        Charset marked = byteOrderMark(raw);
        if (marked != null && marked != StandardCharsets.UTF_8) {
            return new Decoded(new String(raw, 2, raw.length - 2, marked), marked, List.of());
        }
        int start = marked == null ? 0 : BYTE_ORDER_MARK_LENGTH;
        List<Issue> issues = new ArrayList<>(0);
        Charset declared = marked != null ? marked : declared(raw, issues);
        Charset claimed = declared != null ? declared : connectionCharset;
        if (isPlain(raw, start) && !usesEscapes(claimed)) {
            Charset charset = claimed == null ? StandardCharsets.UTF_8 : claimed;
            return new Decoded(
                    new String(raw, start, raw.length - start, StandardCharsets.ISO_8859_1), charset, issues);
        }
        return decodeForeign(new Bytes(raw, start), claimed, declared != null, issues);
    }

    private static Decoded decodeForeign(Bytes bytes, Charset claimed, boolean byMessage, List<Issue> issues) {
        CharsetDetection.Reading reading = CharsetDetection.read(bytes.raw(), bytes.start(), claimed);
        if (claimed != null && !reading.charset().equals(claimed)) {
            issues.add(Issue.of(
                    Hl7Error.CHARSET_CONTRADICTED,
                    "MSH-18",
                    (byMessage ? "the message says " : "the connection says ") + claimed.name() + ", read as "
                            + reading.charset().name()));
        }
        if (!reading.certain()) {
            issues.add(Issue.of(
                    Hl7Error.CHARSET_UNREADABLE,
                    "",
                    "read as " + reading.charset().name()));
        }
        if (reading.text().indexOf('\0') >= 0) {
            issues.add(Issue.of(Hl7Error.NUL_CHARACTER, "", "expected none"));
        }
        return new Decoded(reading.text(), reading.charset(), issues);
    }

    private static Charset declared(byte[] raw, List<Issue> issues) {
        DeclaredCharset declared = DeclaredCharset.find(raw);
        if (declared.charset() == null && !declared.name().isEmpty()) {
            issues.add(Issue.of(
                    Hl7Error.CHARSET_UNKNOWN,
                    "MSH-18",
                    "found " + declared.name().length() + " characters, expected a name of HL7 table 0211"));
        }
        return declared.charset();
    }

    private static Charset byteOrderMark(byte[] raw) {
        if (raw.length >= BYTE_ORDER_MARK_LENGTH
                && raw[0] == (byte) 0xEF
                && raw[1] == (byte) 0xBB
                && raw[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (raw.length >= 2 && raw[0] == (byte) 0xFE && raw[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (raw.length >= 2 && raw[0] == (byte) 0xFF && raw[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    /** Says whether all bytes are 1 to 127: then every charset but the escaping ones reads them alike. */
    private static boolean isPlain(byte[] raw, int start) {
        for (int i = start; i < raw.length; i++) {
            if (raw[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean usesEscapes(Charset charset) {
        return charset != null && CharsetNames.usesEscapes(charset);
    }

    private record Bytes(byte[] raw, int start) {}
}

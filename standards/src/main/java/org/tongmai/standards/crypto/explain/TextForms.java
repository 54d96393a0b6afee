package org.tongmai.standards.crypto.explain;

import static org.bouncycastle.util.Arrays.concatenate;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.standards.crypto.Sm3;

/** What else may have been signed instead of a text: each way is a row, tried alone and after another. */
final class TextForms {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern HASH = Pattern.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])");
    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final Map<String, UnaryOperator<byte[]>> WAYS = ways();

    private TextForms() {}

    /** The text itself, then what is one way from it, then what is two. */
    static List<Candidate<byte[]>> of(Candidate<byte[]> text) {
        List<Candidate<byte[]>> all = new ArrayList<>(List.of(text));
        List<Candidate<byte[]>> once = next(text);
        all.addAll(once);
        once.forEach(candidate -> all.addAll(next(candidate)));
        return all;
    }

    private static List<Candidate<byte[]>> next(Candidate<byte[]> text) {
        List<Candidate<byte[]>> results = new ArrayList<>();
        WAYS.forEach((code, way) -> {
            byte[] other = apply(way, text.value());
            if (!Arrays.equals(other, text.value())) {
                results.add(text.with(other, code));
            }
        });
        return results;
    }

    private static byte[] apply(UnaryOperator<byte[]> way, byte[] text) {
        try {
            return way.apply(text);
        } catch (IllegalArgumentException e) { // a text that can not be decoded this way was not encoded this way
            return text;
        }
    }

    private static Map<String, UnaryOperator<byte[]>> ways() {
        Map<String, UnaryOperator<byte[]>> ways = new LinkedHashMap<>();
        ways.put("charset-gb18030", text -> utf8(text).getBytes(GB18030));
        ways.put("charset-taken-for-gb18030", text -> new String(text, GB18030).getBytes(StandardCharsets.UTF_8));
        ways.put("charset-utf-16", text -> utf8(text).getBytes(StandardCharsets.UTF_16LE));
        ways.put("line-end-crlf", text -> bytes(utf8(text).replaceAll("\r?\n", "\r\n")));
        ways.put("line-end-lf", text -> bytes(utf8(text).replace("\r\n", "\n")));
        ways.put("line-end-written-out", text -> bytes(utf8(text).replace("\n", "\\n")));
        ways.put("byte-order-mark", TextForms::mark);
        ways.put("trailing-line-end", text -> bytes(utf8(text) + "\n"));
        ways.put("trailing-space", text -> bytes(utf8(text).stripTrailing()));
        ways.put("percent-decoded", text -> bytes(URLDecoder.decode(utf8(text), StandardCharsets.UTF_8)));
        ways.put("percent-encoded", text -> bytes(URLEncoder.encode(utf8(text), StandardCharsets.UTF_8)));
        ways.put("percent-lower-case", text -> replace(ENCODED, text, each -> each.toLowerCase(Locale.ROOT)));
        ways.put("percent-upper-case", text -> replace(ENCODED, text, each -> each.toUpperCase(Locale.ROOT)));
        ways.put("space-as-plus", text -> bytes(utf8(text).replace("%20", "+")));
        ways.put("plus-as-space", text -> bytes(utf8(text).replace("+", "%20")));
        ways.put("hash-upper-case", text -> replace(HASH, text, each -> each.toUpperCase(Locale.ROOT)));
        ways.put("hash-lower-case", text -> replace(HASH, text, each -> each.toLowerCase(Locale.ROOT)));
        ways.put("text-upper-case", text -> bytes(utf8(text).toUpperCase(Locale.ROOT)));
        ways.put("text-lower-case", text -> bytes(utf8(text).toLowerCase(Locale.ROOT)));
        ways.put("parameters-sorted", text -> bytes(sorted(utf8(text))));
        ways.put("parameters-empty-dropped", text -> bytes(utf8(text).replaceAll("(^|&)[^=&]*=(?=&|$)", "")));
        ways.put("text-unicode-escaped", text -> bytes(escaped(utf8(text))));
        ways.put("text-base64-signed", text -> Base64.getEncoder().encode(text));
        ways.put("digest-signed", Sm3::digest);
        ways.put("digest-hex-signed", text -> bytes(Sm3.hex(text)));
        ways.put("digest-hex-upper-signed", text -> bytes(Sm3.hex(text).toUpperCase(Locale.ROOT)));
        ways.put("text-hex-signed", text -> bytes(HexFormat.of().formatHex(text)));
        return ways;
    }

    private static byte[] mark(byte[] text) {
        boolean marked = Arrays.equals(text, 0, Math.min(MARK.length, text.length), MARK, 0, MARK.length);
        return marked ? Arrays.copyOfRange(text, MARK.length, text.length) : concatenate(MARK, text);
    }

    private static String sorted(String text) {
        return Arrays.stream(text.split("&", -1)).sorted().collect(Collectors.joining("&"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < 128 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private static byte[] replace(Pattern pattern, byte[] text, UnaryOperator<String> change) {
        return bytes(pattern.matcher(utf8(text)).replaceAll(match -> change.apply(match.group())));
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.tongmai.adapters.fhir.internal.write;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * A request as the journal keeps it: method, address and the headers that decide what is written, as HTTP/1.1 writes
 * them (RFC 9112, section 2.1), then the body untouched.
 *
 * @param method in capitals
 * @param target path and query below the base address, beginning with a slash
 * @param headers those of {@link #KEPT} that came, by name in small letters
 * @param body as it came
 */
public record RawRequest(String method, String target, Map<String, String> headers, byte[] body) {
    /** The base address the request was sent to: what begins with it is ours. */
    public static final String BASE = "tongmai-base";

    static final String CONTENT_TYPE = "content-type";
    static final String IF_MATCH = "if-match";
    static final String IF_NONE_MATCH = "if-none-match";
    static final String IF_NONE_EXIST = "if-none-exist";

    /** The headers that change what is written. */
    public static final List<String> KEPT = List.of(BASE, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, IF_NONE_EXIST);

    private static final String LINE_END = "\r\n";

    public RawRequest {
        headers = Map.copyOf(headers);
        refuseControls(method + target, "the address");
        headers.forEach((name, value) -> refuseControls(value, name));
    }

    /** Reads what {@link #bytes} wrote. */
    static RawRequest parse(byte[] raw) {
        int end = endOfHead(raw);
        String[] lines = new String(raw, 0, end, StandardCharsets.UTF_8).split(LINE_END);
        String[] first = lines[0].split(" ");
        if (first.length != 3) {
            throw notHttp();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line : Arrays.copyOfRange(lines, 1, lines.length)) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw notHttp();
            }
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        return new RawRequest(first[0], first[1], headers, Arrays.copyOfRange(raw, end + 4, raw.length));
    }

    byte[] bytes() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1");
        new TreeMap<>(headers)
                .forEach((name, value) ->
                        head.append(LINE_END).append(name).append(": ").append(value));
        byte[] text = head.append(LINE_END).append(LINE_END).toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + body.length);
        out.writeBytes(text);
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** The same without the base address it was sent to, which may be another one where the same request comes again. */
    RawRequest withoutBase() {
        Map<String, String> others = new TreeMap<>(headers);
        others.remove(BASE);
        return new RawRequest(method, target, others, body);
    }

    /** The same without its body: what is kept of a request that is not taken for its size. */
    RawRequest head() {
        return new RawRequest(method, target, headers, new byte[0]);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String media() {
        return header(CONTENT_TYPE).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** How the body is written; JSON where the sender does not say. */
    Format format() {
        return media().endsWith("xml") ? Format.XML : Format.JSON;
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What stands behind the question mark. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    private static int endOfHead(byte[] raw) {
        for (int i = 0; i + 3 < raw.length; i++) {
            if (raw[i] == '\r' && raw[i + 1] == '\n' && raw[i + 2] == '\r' && raw[i + 3] == '\n') {
                return i;
            }
        }
        throw notHttp();
    }

    private static void refuseControls(String text, String where) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f) || where.equals("the address") && text.indexOf(' ') >= 0) {
            throw new CodedException(
                    Issue.of(FhirError.INVALID_REQUEST, "", "expected no control characters in " + where));
        }
    }

    private static CodedException notHttp() {
        return new CodedException(Issue.of(FhirError.INVALID_REQUEST, "", "expected an HTTP request"));
    }

    @Override
    public String toString() {
        return "RawRequest[" + method + ", " + body.length + " bytes]";
    }
}

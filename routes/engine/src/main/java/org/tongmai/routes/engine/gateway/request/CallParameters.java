package org.tongmai.routes.engine.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.exchange.HttpCall;

/** The parameters of a call: those of the query, and those of a form, which many frameworks throw together. */
public final class CallParameters {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final List<Parameter> all = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Where a parameter stands. */
    public enum Source {
        QUERY,
        FORM
    }

    /** One parameter, decoded. */
    public record Parameter(Source source, String name, String value) {
        @Override
        public String toString() {
            return "Parameter[" + source + "]";
        }
    }

    private CallParameters() {}

    /**
     * @throws Refused {@link GatewayError#IDENTIFIER_UNREADABLE} where they can be read in two ways: bad percent encoding,
     *     encoded twice, no UTF-8, a form of several parts, an encoded content
     */
    public static CallParameters of(HttpCall call) {
        CallParameters parameters = new CallParameters();
        parameters.read(Source.QUERY, call.query());
        String type = mediaType(call);
        if (type.startsWith("multipart/")) {
            throw unreadable("content-type");
        }
        if (type.equals(FORM)) {
            requirePlain(call);
            parameters.read(Source.FORM, text(call.body()));
        }
        return parameters;
    }

    /** The media type of the content in small letters, without parameters; empty when there is none, or two. */
    public static String mediaType(HttpCall call) {
        List<String> types = call.fields().all("content-type");
        if (types.size() > 1) {
            throw unreadable("content-type");
        }
        return types.isEmpty() ? "" : types.get(0).split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** @throws Refused for a content that is compressed, or not said to be UTF-8 */
    public static void requirePlain(HttpCall call) {
        boolean coded =
                call.fields().all("content-encoding").stream().anyMatch(each -> !each.equalsIgnoreCase("identity"));
        String type = call.fields().first("content-type").orElse("").toLowerCase(Locale.ROOT);
        int charset = type.indexOf("charset=");
        boolean utf8 = charset < 0 || type.substring(charset).replace("\"", "").startsWith("charset=utf-8");
        if (coded || !utf8) {
            throw unreadable("content");
        }
    }

    /** Bytes as UTF-8. */
    public static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable("UTF-8");
        }
    }

    /** All of them, in order. */
    public List<Parameter> all() {
        return all;
    }

    /**
     * The value of a parameter that must be there once, under its own name, in its own place, and nowhere else under a name
     * some service might take for it.
     *
     * @throws Refused {@link GatewayError#IDENTIFIER_UNREADABLE}
     */
    public String only(Source source, String name) {
        long alike =
                names.stream().filter(each -> Names.parametersAlike(each, name)).count();
        List<Parameter> exact = all.stream()
                .filter(each -> each.source() == source && each.name().equals(name))
                .toList();
        if (alike != 1 || exact.size() != 1) {
            throw new Refused(
                    GatewayError.IDENTIFIER_UNREADABLE,
                    source.name().toLowerCase(Locale.ROOT) + " " + name,
                    "found: " + alike + " (expected: 1)");
        }
        return exact.get(0).value();
    }

    private void read(Source source, String text) {
        if (text.isEmpty()) {
            return;
        }
        for (String piece : text.split("&")) {
            int equals = piece.indexOf('=');
            all.add(new Parameter(
                    source,
                    name(equals < 0 ? piece : piece.substring(0, equals)),
                    equals < 0 ? "" : decoded(piece.substring(equals + 1))));
            // Some split at semicolons as well.
            for (String part : piece.split(";")) {
                int end = part.indexOf('=');
                names.add(name(end < 0 ? part : part.substring(0, end)));
            }
        }
    }

    private static String name(String written) {
        String name = decoded(written);
        if (name.indexOf('%') >= 0) {
            throw unreadable("name");
        }
        return name;
    }

    private static String decoded(String written) {
        if (written.indexOf('%') < 0 && written.indexOf('+') < 0) {
            return written;
        }
        byte[] bytes = new byte[written.length() * 3];
        int length = 0;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '%') {
                int high = i + 2 <= written.length() - 1 ? Character.digit(written.charAt(i + 1), 16) : -1;
                int low = i + 2 <= written.length() - 1 ? Character.digit(written.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw unreadable("percent encoding");
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) (c == '+' ? ' ' : c);
            } else {
                byte[] more = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(more, 0, bytes, length, more.length);
                length += more.length;
            }
        }
        return text(Arrays.copyOf(bytes, length));
    }

    private static Refused unreadable(String where) {
        return new Refused(GatewayError.IDENTIFIER_UNREADABLE, where, "");
    }
}

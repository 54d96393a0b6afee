package org.tongmai.routes.engine.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.exchange.HttpCall;

/** The parameters of a call: those of the query, and those of a form, which many frameworks throw together. */
public final class CallParameters {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int MOST = 1_000;

    private final List<Parameter> all = new ArrayList<>();
    /** Also those that only who splits at semicolons finds. */
    private final List<Set<String>> plainNames = new ArrayList<>();

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
     *     encoded twice, no UTF-8, a form of several parts, a content type that is none, an encoded content; or are more than
     *     1 000
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

    /** The media type of the content in small letters, without parameters; empty when there is none. */
    public static String mediaType(HttpCall call) {
        return type(call).map(MediaType::name).orElse("");
    }

    private static Optional<MediaType> type(HttpCall call) {
        List<String> types = call.fields().all("content-type");
        if (types.isEmpty() || types.size() == 1 && types.get(0).isBlank()) {
            return Optional.empty();
        }
        Optional<MediaType> type = types.size() == 1 ? MediaType.of(types.get(0)) : Optional.empty();
        return Optional.of(type.orElseThrow(() -> unreadable("content-type")));
    }

    /** The value of a parameter of its Content-Type; empty when there is none. */
    public static String parameter(HttpCall call, String name) {
        return type(call).map(type -> type.parameters().get(name)).orElse("");
    }

    /** The charset its Content-Type says; empty when it says none. */
    public static String charset(HttpCall call) {
        return parameter(call, "charset");
    }

    /** @throws Refused for a content that is compressed, or not said to be UTF-8 */
    public static void requirePlain(HttpCall call) {
        boolean coded =
                call.fields().all("content-encoding").stream().anyMatch(each -> !each.equalsIgnoreCase("identity"));
        boolean utf8 = type(call)
                .map(type -> type.parameters().getOrDefault("charset", "utf-8"))
                .filter(charset -> !charset.equalsIgnoreCase("utf-8"))
                .isEmpty();
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
        long alike = alike(Names.plainParameter(name));
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

    /** How many there are that some service might take for one of these, also for a service that splits at semicolons. */
    public long alike(Set<String> wanted) {
        return plainNames.stream()
                .filter(each -> !Collections.disjoint(each, wanted))
                .count();
    }

    private void read(Source source, String text) {
        split(text, '&', piece -> {
            int equals = piece.indexOf('=');
            String value = equals < 0 ? "" : decoded(piece.substring(equals + 1));
            all.add(new Parameter(source, name(equals < 0 ? piece : piece.substring(0, equals)), value));
            split(piece, ';', part -> {
                int end = part.indexOf('=');
                plainNames.add(Names.plainParameter(name(end < 0 ? part : part.substring(0, end))));
                requireFew();
            });
            requireFew();
        });
    }

    private void requireFew() {
        if (all.size() > MOST || plainNames.size() > MOST) {
            throw new Refused(GatewayError.IDENTIFIER_UNREADABLE, "", "expected: at most " + MOST + " parameters");
        }
    }

    /** What stands between separators and is not empty, one by one: there may be millions. */
    private static void split(String text, char separator, Consumer<String> each) {
        int start = 0;
        while (start < text.length()) {
            int next = text.indexOf(separator, start);
            int end = next < 0 ? text.length() : next;
            if (end > start) {
                each.accept(text.substring(start, end));
            }
            start = end + 1;
        }
    }

    private static String name(String written) {
        String name = decoded(written);
        // Some readers end a name at a zero byte.
        if (name.indexOf('%') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
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
                int point = written.codePointAt(i);
                byte[] more = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                i += Character.charCount(point) - 1;
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

package org.tongmai.routes.engine.gateway.screen;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.gateway.request.GatewayFields;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Judges;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.TokenList;
import org.tongmai.routes.engine.gateway.screen.internal.body.Bodies;
import org.tongmai.routes.engine.gateway.screen.internal.body.Nested;
import org.tongmai.routes.engine.gateway.screen.internal.body.Parameters;
import org.tongmai.routes.engine.gateway.screen.internal.value.Decodings;
import org.tongmai.routes.engine.gateway.screen.internal.value.Tables;
import org.tongmai.routes.engine.gateway.screen.internal.value.Utf8;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Screens requests by one policy. Immutable, for any number of threads; blocks on nothing and logs nothing. A body is read
 * in the format of its content type; a body that is not in that format is refused, since what stands behind the gateway
 * might read it otherwise.
 */
public final class Screening {
    /** How fields are read whose name is there; all others are a text. */
    private static final Map<String, String> HEADERS = new HashMap<>();

    static {
        Tables.rows("headers.csv", row -> HEADERS.put(row.cell(0), row.cell(1)));
    }

    private final Judges judges;

    private Screening(Judges judges) {
        this.judges = judges;
    }

    /** Compiles a policy. */
    public static Screening of(ScreeningPolicy policy) {
        return new Screening(new Judges(policy));
    }

    /** The first reason to refuse the request, or empty. */
    public Optional<Finding> screen(ReadCall read) {
        HttpContent content = read.call().content();
        return screen(read, new Work(content.isHeld() ? content.length() : 0));
    }

    /** The same, with what it may cost. */
    Optional<Finding> screen(ReadCall read, Work work) {
        HttpCall call = read.call();
        Inspection inspection = new Inspection(judges, work, Nested::read);
        try {
            path(call.path(), inspection);
            Parameters.read(call.query(), Place.Kind.QUERY, inspection);
            HttpFields fields = call.fields();
            for (int i = 0; i < fields.size(); i++) {
                header(fields.name(i).toLowerCase(Locale.ROOT), fields.value(i), inspection);
            }
            if (call.content().length() > 0) {
                body(read, inspection);
            }
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.finding());
        } catch (Work.Spent e) {
            return Optional.of(
                    Inspection.intricate(Place.of(Place.Kind.BODY), work).finding());
        }
    }

    private static void path(String path, Inspection inspection) throws Refused {
        int start = 0;
        for (int segment = 0; start <= path.length(); segment++) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            if (end > start) {
                String name = String.valueOf(segment);
                String value = Decodings.percent(path.substring(start, end));
                inspection.value(value, new Field("", () -> new Place(Place.Kind.PATH, name)));
            }
            start = end + 1;
        }
    }

    private static void header(String name, String value, Inspection inspection) throws Refused {
        String plain = GatewayFields.plain(name);
        String reading = HEADERS.getOrDefault(plain, "text");
        boolean harmless = reading.equals("none") || reading.equals("list") && TokenList.is(value);
        if (harmless || GatewayFields.contain(plain)) {
            return;
        }
        Inspection.Spot spot = () -> new Place(Place.Kind.HEADER, name);
        switch (reading) {
            case "cookies" -> cookies(value, inspection);
            case "credentials" -> {
                inspection.value(value, new Field(name, spot));
                basic(value, new Field(name, spot), inspection);
            }
            case "address" -> {
                int query = value.indexOf('?');
                inspection.value(
                        Decodings.percent(query < 0 ? value : value.substring(0, query)), new Field(name, spot));
                Parameters.read(query < 0 ? "" : value.substring(query + 1), Place.Kind.HEADER, inspection);
            }
            default -> inspection.value(value, new Field(name, spot));
        }
    }

    private static void cookies(String line, Inspection inspection) throws Refused {
        for (String cookie : line.split(";")) {
            int equals = cookie.indexOf('=');
            String name = cookie.substring(0, Math.max(equals, 0)).strip();
            Inspection.Spot spot = () -> new Place(Place.Kind.COOKIE, name);
            inspection.name(name, spot);
            inspection.value(cookie.substring(equals + 1).strip(), new Field(name, spot));
        }
        quoted(line, inspection);
    }

    /** Values in quotes, in which a semicolon parts nothing to readers of RFC 2109. */
    private static void quoted(String line, Inspection inspection) throws Refused {
        for (int start = line.indexOf("=\""); start >= 0; ) {
            StringBuilder value = new StringBuilder();
            int end = start + 2;
            while (end < line.length() && line.charAt(end) != '"') {
                end += line.charAt(end) == '\\' && end + 1 < line.length() ? 1 : 0;
                value.append(line.charAt(end++));
            }
            String name =
                    line.substring(line.lastIndexOf(';', start) + 1, start).strip();
            inspection.value(value.toString(), new Field(name, () -> new Place(Place.Kind.COOKIE, name)));
            start = line.indexOf("=\"", end);
        }
    }

    /** The user's name of RFC 7617, by which services look somebody up; nobody puts a password into a statement. */
    private static void basic(String credentials, Field field, Inspection inspection) throws Refused {
        if (!credentials.regionMatches(true, 0, "basic ", 0, 6)) {
            return;
        }
        try {
            byte[] pair = Base64.getDecoder().decode(credentials.substring(6).strip());
            String text = Utf8.lenient(pair, pair.length);
            int colon = text.indexOf(':');
            inspection.value(colon < 0 ? text : text.substring(0, colon), field);
        } catch (IllegalArgumentException e) {
            inspection.charge(credentials.length()); // no pair to anybody; the field itself was judged
        }
    }

    private static void body(ReadCall read, Inspection inspection) throws Refused {
        for (String encoding : read.call().fields().all("content-encoding")) {
            if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
                throw new Refused(ScreenError.ENCODING_UNKNOWN, Place.of(Place.Kind.BODY), "content-encoding");
            }
        }
        Bodies.read(read, inspection);
    }
}

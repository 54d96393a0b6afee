package org.tongmai.routes.engine.gateway.screen.internal.body;

import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;
import org.tongmai.routes.engine.gateway.screen.internal.value.Decodings;

/** Names and values of a query or a form ({@code application/x-www-form-urlencoded}, WHATWG URL 5.1). */
public final class Parameters {
    private Parameters() {}

    /** Reads {@code a=b&c=d}. To WHATWG a semicolon is part of a value, to others it parts two: both are judged. */
    public static void read(String encoded, Place.Kind kind, Inspection inspection) throws Refused {
        parts(encoded, kind, inspection);
        if (encoded.indexOf(';') >= 0) {
            inspection.charge(encoded.length());
            parts(encoded.replace(';', '&'), kind, inspection);
        }
    }

    private static void parts(String encoded, Place.Kind kind, Inspection inspection) throws Refused {
        Repeated repeated = new Repeated();
        int start = 0;
        int next = -1; // the first sign of equality from there on: looked for once, however many parameters have none
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            if (next < start) {
                next = encoded.indexOf('=', start);
                next = next < 0 ? encoded.length() : next;
            }
            int equals = Math.min(next, end);
            String name = decode(encoded.substring(start, equals));
            Inspection.Spot spot = () -> new Place(kind, name);
            inspection.name(name, spot);
            if (equals < end) {
                String value = decode(encoded.substring(equals + 1, end));
                repeated.add(name, value);
                inspection.value(value, new Field(name, spot));
                if (value.indexOf('+') >= 0 && value.indexOf(' ') < 0) {
                    inspection.value(value.replace('+', ' '), new Field(name, spot));
                }
                if (kind == Place.Kind.QUERY && value.indexOf(',') >= 0) {
                    Lists.commas(value, inspection.kind(name), spot, inspection);
                }
            }
            start = end + 1;
        }
        repeated.judge(kind, inspection);
    }

    /** Takes off plus signs and percent encoding. */
    static String decode(String encoded) {
        String spaced = encoded.indexOf('+') < 0 ? encoded : encoded.replace('+', ' ');
        return spaced.indexOf('%') < 0 ? spaced : Decodings.percent(spaced);
    }
}

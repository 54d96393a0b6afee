package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.standards.exchange.ReceivedMessage.Span;
import org.tongmai.standards.validation.ValidationRequest.Format;

/** Finds what may differ where a request comes again: the address the sender reaches us by, and Bundle.timestamp. */
final class Varying {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern XML_TIME = Pattern.compile("<timestamp\\s+value\\s*=\\s*[\"']([^\"'<]*)[\"']");

    private Varying() {}

    /**
     * The parts of {@link RawRequest#bytes}, in order.
     *
     * @param sentAt Bundle.timestamp as it was read; empty where there is none
     */
    static List<Span> of(RawRequest request, byte[] raw, String sentAt) {
        int body = raw.length - request.body().length;
        String head = new String(raw, 0, body, StandardCharsets.ISO_8859_1);
        List<Span> parts = new ArrayList<>();
        int base = head.indexOf("\r\n" + RawRequest.BASE + ": ");
        if (base >= 0) {
            parts.add(new Span(base, head.indexOf("\r\n", base + 2)));
        }
        if (!sentAt.isEmpty()) {
            Span time = request.format() == Format.XML ? inXml(request.body()) : inJson(request.body());
            if (time != null) {
                parts.add(new Span(body + time.from(), body + time.to()));
            }
        }
        return parts;
    }

    /** The member of the Bundle itself; null where it can not be found. */
    private static Span inJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean time = parser.currentName().equals("timestamp");
                JsonToken value = parser.nextToken();
                if (time && value == JsonToken.VALUE_STRING) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    parser.finishToken();
                    return new Span(from, (int) parser.currentLocation().getByteOffset());
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null; // compared whole; it was read before, so that this is not told the sender
        }
    }

    /** Only where nothing else is called that: an XML reader does not say where in the bytes it is. */
    private static Span inXml(byte[] body) {
        Matcher time = XML_TIME.matcher(new String(body, StandardCharsets.ISO_8859_1));
        if (!time.find()) {
            return null;
        }
        Span found = new Span(time.start(1), time.end(1));
        return time.find() ? null : found;
    }
}

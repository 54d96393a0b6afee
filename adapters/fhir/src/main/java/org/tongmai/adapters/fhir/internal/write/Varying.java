package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.adapters.fhir.internal.write.Submission.Kind;
import org.tongmai.standards.exchange.ReceivedMessage.Span;
import org.tongmai.standards.validation.ValidationRequest.Format;

/**
 * Finds what may differ where a request comes again: the address the sender reaches us by, and what only says when a
 * Bundle was sent: its {@code timestamp} and its {@code meta.lastUpdated}, each an instant.
 */
final class Varying {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern XML_TIME = Pattern.compile("<timestamp\\s+value\\s*=\\s*[\"']([^\"'<]*)[\"']");

    /** FHIR's XML has its elements in order: id, then meta, whose first may be versionId. */
    private static final Pattern XML_META = Pattern.compile("<Bundle(?:\\s[^>]*)?>\\s*(?:<id\\s[^>]*/>\\s*)?<meta>\\s*"
            + "(?:<versionId\\s[^>]*/>\\s*)?<lastUpdated\\s+value\\s*=\\s*[\"']([^\"'<]*)[\"']");

    private Varying() {}

    /**
     * The parts of {@link RawRequest#bytes}, in order.
     *
     * @param submission what it was read as; null where it could not be read
     */
    static List<Span> of(RawRequest request, byte[] raw, Submission submission) {
        int body = raw.length - request.body().length;
        String head = new String(raw, 0, body, StandardCharsets.ISO_8859_1);
        List<Span> parts = new ArrayList<>();
        int base = head.indexOf("\r\n" + RawRequest.BASE + ": ");
        if (base >= 0) {
            parts.add(new Span(base, head.indexOf("\r\n", base + 2)));
        }
        if (submission != null && submission.kind() != Kind.SINGLE) {
            List<Span> times = request.format() == Format.XML ? inXml(request.body()) : inJson(request.body());
            times.stream()
                    .map(time -> new Span(body + time.from(), body + time.to()))
                    .sorted(Comparator.comparingInt(Span::from))
                    .forEach(parts::add);
        }
        return parts;
    }

    /** Members of the Bundle itself; none where they can not be found. */
    private static List<Span> inJson(byte[] body) {
        List<Span> times = new ArrayList<>(2);
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("timestamp")) {
                    time(parser, times);
                } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                    inMeta(parser, times);
                    continue;
                }
                parser.skipChildren();
            }
            return times;
        } catch (IOException e) {
            return List.of(); // compared whole; it was read before, so that this is not told the sender
        }
    }

    private static void inMeta(JsonParser parser, List<Span> times) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean time = parser.currentName().equals("lastUpdated");
            parser.nextToken();
            if (time) {
                time(parser, times);
            }
            parser.skipChildren();
        }
    }

    /** What is no time would be left out of what makes two requests the same. */
    private static void time(JsonParser parser, List<Span> times) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            if (SubmissionReader.isInstant(parser.getText())) {
                times.add(new Span(from, (int) parser.currentLocation().getByteOffset()));
            }
        }
    }

    /** Only where nothing else is called that: an XML reader does not say where in the bytes it is. */
    private static List<Span> inXml(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        List<Span> times = new ArrayList<>(2);
        Matcher meta = XML_META.matcher(text);
        if (meta.find() && SubmissionReader.isInstant(meta.group(1)) && text.indexOf("<Bundle") == meta.start()) {
            times.add(new Span(meta.start(1), meta.end(1)));
        }
        Matcher time = XML_TIME.matcher(text);
        if (time.find() && SubmissionReader.isInstant(time.group(1))) {
            Span found = new Span(time.start(1), time.end(1));
            if (!time.find()) {
                times.add(found);
            }
        }
        return times;
    }
}

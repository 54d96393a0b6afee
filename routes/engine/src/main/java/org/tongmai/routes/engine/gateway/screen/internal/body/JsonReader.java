package org.tongmai.routes.engine.gateway.screen.internal.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tongmai.routes.engine.gateway.screen.Place;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.internal.Field;
import org.tongmai.routes.engine.gateway.screen.internal.Inspection;
import org.tongmai.routes.engine.gateway.screen.internal.Refused;

/** JSON (RFC 8259), token by token; several documents one after the other are read as well. */
final class JsonReader {
    private static final int LONGEST_NAME = 1000;
    /** What it costs that a string is none, in characters: the parser makes an exception of it, with a stack. */
    private static final int NO_JSON = 1000;

    private static final String IN_AN_ARRAY = "\"'{[]-0123456789tfn";
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(LONGEST_NAME)
            .build();

    private static final JsonFactory FACTORY =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    /** As those read it who take more for JSON than RFC 8259 does. */
    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();

    private final Inspection inspection;
    private final JsonParser parser;
    private int depth;

    private JsonReader(JsonParser parser, Inspection inspection) {
        this.parser = parser;
        this.inspection = inspection;
    }

    static void read(Content content, Inspection inspection) throws Refused {
        boolean bytes = content.charset() == null || content.charset().equals(StandardCharsets.UTF_8);
        try (JsonParser parser = bytes ? FACTORY.createParser(content.bytes()) : FACTORY.createParser(content.text())) {
            new JsonReader(parser, inspection).read();
        } catch (StreamConstraintsException e) {
            throw new Refused(ScreenError.BEYOND_LIMIT, Place.of(Place.Kind.JSON), "name or number too long");
        } catch (JsonProcessingException e) {
            String where = "line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
            throw new Refused(ScreenError.NOT_ITS_TYPE, Place.of(Place.Kind.BODY), "json, " + where);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** JSON where none is declared: what can not be read as such was judged as text already. */
    static void readNested(String text, Inspection inspection) throws Refused {
        try (JsonParser parser = LENIENT.createParser(text)) {
            new JsonReader(parser, inspection).read();
        } catch (JsonProcessingException e) {
            inspection.charge(NO_JSON);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private void read() throws IOException, Refused {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    if (++depth > inspection.limits().depth()) {
                        throw new Refused(
                                ScreenError.BEYOND_LIMIT,
                                place(),
                                "deeper than " + inspection.limits().depth());
                    }
                }
                case END_OBJECT, END_ARRAY -> depth--;
                case FIELD_NAME -> inspection.name(parser.currentName(), this::place);
                case VALUE_STRING -> string();
                default -> {}
            }
        }
    }

    private void string() throws IOException, Refused {
        char[] text = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        if (isNarrative(text, from, length)) {
            inspection.narrative(new String(text, from, length), this::place);
            return;
        }
        inspection.value(text, from, length, new Field(name(), this::place));
    }

    /** Whether a text begins like an object or an array there, so far that a parser would find something in it. */
    static boolean begins(String text, int from) {
        int second = from + 1;
        while (second < text.length() && text.charAt(second) <= ' ') {
            second++;
        }
        if (second >= text.length()) {
            return false;
        }
        char next = text.charAt(second);
        return text.charAt(from) == '['
                ? IN_AN_ARRAY.indexOf(next) >= 0
                : "\"'}/_$".indexOf(next) >= 0 || Character.isLetter(next);
    }

    /** {@code text.div} of a FHIR resource. */
    private boolean isNarrative(char[] text, int from, int length) {
        if (length < 5 || text[from] != '<' || !"div".equals(name())) {
            return false;
        }
        JsonStreamContext parent = parser.getParsingContext().getParent();
        return parent != null && "text".equals(parent.getCurrentName());
    }

    /** The property that holds the value, also where it is in an array; of {@code #text} the one around it. */
    private String name() {
        JsonStreamContext context = parser.getParsingContext();
        while (context != null && (context.getCurrentName() == null || isText(context.getCurrentName()))) {
            context = context.getParent();
        }
        return context == null ? "" : context.getCurrentName();
    }

    /** XML that became JSON has the text of an element with attributes there: it is a value of the element. */
    private static boolean isText(String name) {
        return name.equals("#text");
    }

    private Place place() {
        return new Place(
                Place.Kind.JSON, parser.getParsingContext().pathAsPointer().toString());
    }
}

package org.tongmai.routes.engine.gateway.screen.internal.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
    /** JSON in strings of JSON in strings: deeper than any gateway's partner writes. */
    private static final int DEEPEST_NESTING = 3;
    /** What it costs that a string is none, in characters: the parser makes an exception of it, with a stack. */
    private static final int NO_JSON = 1000;

    private static final String IN_AN_ARRAY = "\"{[]-0123456789tfn";
    private static final Inspection.Spot WHOLE = () -> Place.of(Place.Kind.JSON);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(LONGEST_NAME)
                    .build())
            .build();

    private final Inspection inspection;
    private final JsonParser parser;
    private final int nesting;
    /** Where the document stands that is in a string of another. */
    private final Inspection.Spot prefix;

    private int depth;

    private JsonReader(JsonParser parser, Inspection inspection, Inspection.Spot prefix, int nesting) {
        this.parser = parser;
        this.prefix = prefix;
        this.inspection = inspection;
        this.nesting = nesting;
    }

    static void read(Content content, Inspection inspection) throws Refused {
        boolean bytes = content.charset() == null || content.charset().equals(StandardCharsets.UTF_8);
        try (JsonParser parser = bytes ? FACTORY.createParser(content.bytes()) : FACTORY.createParser(content.text())) {
            new JsonReader(parser, inspection, WHOLE, 0).read();
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
        nested(text, inspection, WHOLE, 1);
    }

    private static void nested(String text, Inspection inspection, Inspection.Spot prefix, int nesting) throws Refused {
        try (JsonParser parser = FACTORY.createParser(text)) {
            new JsonReader(parser, inspection, prefix, nesting).read();
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
        if (nesting < DEEPEST_NESTING && beginsJson(text, from, length)) {
            nested(new String(text, from, length), inspection, this::place, nesting + 1);
        }
    }

    /** Whether a string begins like an object or an array, so far that a parser would find something in it. */
    private static boolean beginsJson(char[] text, int from, int length) {
        char first = length > 1 ? text[from] : 0;
        if (first != '{' && first != '[') {
            return false;
        }
        int second = from + 1;
        while (second < from + length && text[second] <= ' ') {
            second++;
        }
        return second < from + length && (first == '{' ? "\"}" : IN_AN_ARRAY).indexOf(text[second]) >= 0;
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
                Place.Kind.JSON,
                prefix.place().name() + parser.getParsingContext().pathAsPointer());
    }
}

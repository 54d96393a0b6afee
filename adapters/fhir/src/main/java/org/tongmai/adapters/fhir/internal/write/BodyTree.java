package org.tongmai.adapters.fhir.internal.write;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ValidationRequest.Format;

/** Reads bodies into JSON trees, bounded in depth and number of elements. Decimals keep their digits. */
final class BodyTree {
    private static final int MOST_DIGITS = 400;
    private static final String NOT_JSON = "expected JSON as FHIR R4 writes it, each name once in an object";

    private final ObjectMapper json;
    private final XMLInputFactory xml = XMLInputFactory.newInstance();
    private final FhirSettings.Writing limits;

    BodyTree(FhirSettings.Writing limits) {
        this.limits = limits;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxTokenCount(limits.maxElements() * 4L)
                .build();
        this.json = new ObjectMapper(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** Reads a body; texts of parsers are not repeated, because they quote it. */
    JsonNode read(byte[] body, Format format) {
        if (body.length == 0) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected a body");
        }
        try {
            byte[] content = format == Format.XML ? ofXml(body) : utf8Json(body);
            JsonNode tree = json.readTree(content);
            check(tree);
            return tree;
        } catch (StreamConstraintsException e) {
            throw tooCostly();
        } catch (JsonProcessingException e) {
            throw refuse(
                    FhirError.UNREADABLE_BODY,
                    e.getLocation() == null
                            ? NOT_JSON
                            : "line " + e.getLocation().getLineNr() + ", " + NOT_JSON);
        } catch (IOException e) {
            throw refuse(FhirError.UNREADABLE_BODY, NOT_JSON);
        }
    }

    /** The parser would take UTF-16 and UTF-32, too (RFC 8259, section 8.1); the journal reads what it keeps as UTF-8. */
    private static byte[] utf8Json(byte[] body) {
        boolean marked = body.length > 1 && ((body[0] & 0xff) << 8 | body[1] & 0xff) >= 0xfeff;
        for (int i = 0; i < Math.min(4, body.length); i++) {
            if (body[i] == 0 || marked) {
                throw refuse(FhirError.UNREADABLE_BODY, "expected UTF-8");
            }
        }
        return body;
    }

    private byte[] ofXml(byte[] body) {
        String text = utf8(body);
        String capitals = text.toUpperCase(Locale.ROOT);
        if (capitals.contains("<!DOCTYPE") || capitals.contains("<!ENTITY") || text.indexOf('\0') >= 0) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected UTF-8 without <!DOCTYPE and <!ENTITY");
        }
        bound(body);
        try {
            IParser parser = FhirR4.context().newXmlParser();
            parser.setParserErrorHandler(new StrictErrorHandler());
            // Ids and addresses of entries stay as they were sent.
            parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
            return FhirR4.context()
                    .newJsonParser()
                    .setOverrideResourceIdWithBundleEntryFullUrl(false)
                    .encodeResourceToString(parser.parseResource(text))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException e) { // of many kinds: HAPI does not expect every mistake, an empty resource for one
            throw refuse(FhirError.UNREADABLE_BODY, "expected XML as FHIR R4 writes it, with known elements only");
        }
    }

    private void bound(byte[] body) {
        try {
            XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(body));
            int depth = 0;
            int elements = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (++depth > limits.maxDepth() || ++elements > limits.maxElements()) {
                        throw tooCostly();
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected well-formed XML");
        }
    }

    /** Other bytes would be stored as something else. */
    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected UTF-8");
        }
    }

    /**
     * The database keeps no NUL, and FHIR allows none (FHIR R4, string); a number of a billion digits fits into eleven
     * characters.
     */
    private static void check(JsonNode node) {
        if (node.isTextual() && node.textValue().indexOf('\0') >= 0) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected no NUL in texts");
        }
        if (node.isTextual() && !StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue())) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected texts without half characters");
        }
        if (digits(node) > MOST_DIGITS) {
            throw refuse(FhirError.UNREADABLE_BODY, "expected numbers of at most " + MOST_DIGITS + " digits");
        }
        node.forEach(BodyTree::check);
    }

    /** How many digits a number has where it is written without an exponent, as the store does; at least that many. */
    private static long digits(JsonNode node) {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            return number.precision() + Math.abs((long) number.scale());
        }
        return node.isBigInteger() ? new BigDecimal(node.bigIntegerValue()).precision() : 0;
    }

    private CodedException tooCostly() {
        return refuse(
                FhirError.BODY_TOO_COSTLY,
                "expected at most " + limits.maxElements() + " elements and " + limits.maxDepth() + " levels");
    }

    private static CodedException refuse(FhirError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

package org.tongmai.adapters.fhirvalidation.internal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.fhirvalidation.ValidationError;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ValidationRequest;

/**
 * Refuses what would cost too much, in one pass and without building anything. It does not say whether the text is well
 * formed: that is the validator's to find.
 */
public final class BodyGuard {
    private static final Logger LOG = LoggerFactory.getLogger(BodyGuard.class);

    private final ValidationSettings settings;
    private final XMLInputFactory xml = XMLInputFactory.newInstance();

    public BodyGuard(ValidationSettings settings) {
        this.settings = settings;
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /** Throws a coded refusal, or does nothing. */
    public void check(ValidationRequest request) {
        byte[] content = request.content();
        if (content.length > settings.maxBytes()) {
            throw refuse(
                    ValidationError.TOO_LARGE,
                    "found " + content.length + " bytes, expected at most " + settings.maxBytes());
        }
        if (request.format() == ValidationRequest.Format.JSON) {
            checkJson(content);
        } else {
            checkXml(content);
        }
    }

    /** Counts brackets outside strings; a comma or colon is an element or a value. */
    private void checkJson(byte[] content) {
        int depth = 0;
        int elements = 0;
        boolean quoted = false;
        for (int i = 0; i < content.length; i++) {
            byte c = content[i];
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else {
                    quoted = c != '"';
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                bound(++depth, settings.maxDepth(), "levels");
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',') {
                bound(++elements, settings.maxElements(), "elements");
            }
        }
    }

    private void checkXml(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY") || text.indexOf('\0') >= 0) {
            throw refuse(ValidationError.DOCTYPE, "expected UTF-8 without <!DOCTYPE and <!ENTITY");
        }
        try {
            XMLStreamReader reader = xml.createXMLStreamReader(new ByteArrayInputStream(content));
            int depth = 0;
            int elements = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    bound(++depth, settings.maxDepth(), "levels");
                    bound(++elements, settings.maxElements(), "elements");
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            LOG.debug("not well formed; the validator says so");
        }
    }

    private static void bound(int found, int most, String what) {
        if (found > most) {
            throw refuse(ValidationError.TOO_DEEP, "expected at most " + most + " " + what);
        }
    }

    private static CodedException refuse(ValidationError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

package org.tongmai.adapters.fhir.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.validation.ValidationRequest.Format;

/** Reads the body of {@code $validate}: a resource, or Parameters with one in JSON. */
final class ValidateBody {
    private static final Logger LOG = LoggerFactory.getLogger(ValidateBody.class);
    private static final Pattern XML_ROOT = Pattern.compile("<([A-Za-z]+)[\\s/>]");
    private static final int MAX_DEPTH = 100;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
    private final int maxBytes;

    ValidateBody(FhirSettings settings) {
        this.maxBytes = settings.maxResourceBytes();
    }

    /**
     * What is to be judged.
     *
     * @param bytes the resource as it was sent
     * @param format how it is written
     * @param type its type; empty where that can not be read
     * @param profile what Parameters ask for
     */
    record Content(byte[] bytes, Format format, String type, Optional<String> profile) {
        boolean isEmpty() {
            return bytes.length == 0;
        }

        Content with(Optional<String> asked) {
            return new Content(bytes, format, type, asked);
        }
    }

    Content read(HttpServletRequest request) throws IOException {
        if (request.getHeader("Content-Encoding") != null) {
            throw ValidateOperation.refuse(FhirError.UNSUPPORTED_MEDIA_TYPE, "expected no Content-Encoding");
        }
        if (request.getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        Format format = MediaTypes.formatOf(request);
        byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        if (body.length == 0) {
            return new Content(body, Format.JSON, "", Optional.empty());
        }
        return format == Format.JSON ? ofJson(body) : ofXml(body);
    }

    private Content ofJson(byte[] body) throws IOException {
        JsonNode resource;
        try {
            resource = json.readTree(body);
        } catch (JsonProcessingException e) {
            LOG.debug("not JSON; the validator says so");
            return new Content(body, Format.JSON, "", Optional.empty());
        }
        String type = resource.path("resourceType").asText();
        return type.equals("Parameters")
                ? ofParameters(resource)
                : new Content(body, Format.JSON, type, Optional.empty());
    }

    private static Content ofParameters(JsonNode parameters) {
        byte[] resource = new byte[0];
        String type = "";
        Optional<String> profile = Optional.empty();
        for (JsonNode parameter : parameters.path("parameter")) {
            String name = parameter.path("name").asText();
            if (name.equals("resource")) {
                resource = parameter.path("resource").toString().getBytes(StandardCharsets.UTF_8);
                type = parameter.path("resource").path("resourceType").asText();
            } else if (name.equals("profile")) {
                String kind = parameter.has("valueUri") ? "valueUri" : "valueCanonical";
                profile = Optional.of(parameter.path(kind).asText()).filter(url -> !url.isEmpty());
            }
        }
        return new Content(resource, Format.JSON, type, profile);
    }

    private static Content ofXml(byte[] body) {
        Matcher root = XML_ROOT.matcher(new String(body, StandardCharsets.UTF_8));
        String type = root.find() ? root.group(1) : "";
        if (type.equals("Parameters")) {
            throw ValidateOperation.refuse(
                    FhirError.UNSUPPORTED_MEDIA_TYPE, "expected the resource itself in XML, Parameters in JSON only");
        }
        return new Content(body, Format.XML, type, Optional.empty());
    }

    private CodedException tooLarge() {
        return ValidateOperation.refuse(FhirError.BODY_TOO_LARGE, "at most " + maxBytes + " bytes");
    }
}

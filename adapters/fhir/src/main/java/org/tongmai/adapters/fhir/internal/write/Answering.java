package org.tongmai.adapters.fhir.internal.write;

import ca.uhn.fhir.parser.IParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.tongmai.adapters.fhir.internal.MediaTypes;
import org.tongmai.standards.canonical.FhirR4;

/**
 * The answer to one request, in the form the client asks for.
 *
 * @param base the endpoint's own base address
 */
record Answering(HttpServletRequest request, HttpServletResponse response, String base) {
    /** What a client wants to see of what it wrote (FHIR R4, http, section 3.1.0.1.8). */
    enum Prefer {
        /** The resource for a single one, no resources for a Bundle. */
        UNSAID,
        MINIMAL,
        REPRESENTATION,
        OPERATION_OUTCOME
    }

    Prefer prefer() {
        for (String header : Collections.list(request.getHeaders("Prefer"))) {
            String said = header.replace(" ", "").toLowerCase(Locale.ROOT);
            if (said.contains("return=minimal")) {
                return Prefer.MINIMAL;
            } else if (said.contains("return=representation")) {
                return Prefer.REPRESENTATION;
            } else if (said.contains("return=operationoutcome")) {
                return Prefer.OPERATION_OUTCOME;
            }
        }
        return Prefer.UNSAID;
    }

    void header(String name, String value) {
        response.setHeader(name, value);
    }

    /** Says by what number the journal finds the request; a number that no header can carry the client knows itself. */
    void number(String controlId) {
        if (controlId.matches("[!-~]+")) {
            header("X-Request-ID", controlId);
        }
    }

    /** Writes status and body; no body for null. */
    void write(int status, IBaseResource body) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        if (body == null) {
            return;
        }
        boolean xml = MediaTypes.wantsXml(request);
        IParser parser =
                xml ? FhirR4.context().newXmlParser() : FhirR4.context().newJsonParser();
        response.setContentType((xml ? "application/fhir+xml" : "application/fhir+json") + ";charset=UTF-8");
        byte[] bytes = parser.encodeResourceToString(body).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

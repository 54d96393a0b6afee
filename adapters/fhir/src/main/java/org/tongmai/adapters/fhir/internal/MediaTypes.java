package org.tongmai.adapters.fhir.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ValidationRequest;

/** Knows in which forms the endpoint answers. */
public final class MediaTypes {
    private static final Set<String> JSON =
            Set.of("application/fhir+json", "application/json", "application/json+fhir", "text/json");
    private static final Set<String> XML =
            Set.of("application/fhir+xml", "application/xml", "application/xml+fhir", "text/xml");
    private static final Set<String> ANY = Set.of("*/*", "application/*");

    private MediaTypes() {}

    /** Refuses a request that asks for neither JSON nor XML. */
    public static void requireAcceptable(HttpServletRequest request) {
        String format = format(request);
        if (format != null) {
            boolean known =
                    format.equals("json") || format.equals("xml") || JSON.contains(format) || XML.contains(format);
            require(known);
            return;
        }
        List<String> accepts = Collections.list(request.getHeaders("Accept"));
        require(accepts.isEmpty() || accepts.stream().anyMatch(MediaTypes::acceptsUs));
    }

    /** Says how a body is written; a body without a type is JSON. */
    public static ValidationRequest.Format formatOf(HttpServletRequest request) {
        String type = request.getContentType();
        String media = type == null ? "application/fhir+json" : mediaType(type);
        if (JSON.contains(media)) {
            return ValidationRequest.Format.JSON;
        }
        if (XML.contains(media)) {
            return ValidationRequest.Format.XML;
        }
        throw new CodedException(Issue.of(
                FhirError.UNSUPPORTED_MEDIA_TYPE, "", "expected application/fhir+json or application/fhir+xml"));
    }

    /** Says whether a refusal goes out as XML. */
    public static boolean wantsXml(HttpServletRequest request) {
        String format = format(request);
        if (format != null) {
            return format.equals("xml") || XML.contains(format);
        }
        String accept = request.getHeader("Accept");
        return accept != null && XML.contains(mediaType(accept.split(",", 2)[0]));
    }

    private static boolean acceptsUs(String header) {
        for (String part : header.split(",")) {
            String media = mediaType(part);
            if (ANY.contains(media) || JSON.contains(media) || XML.contains(media)) {
                return true;
            }
        }
        return false;
    }

    /** Reads {@code _format} off the query string, because asking for parameters would read the body. */
    private static String format(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null) {
            for (String pair : query.split("&")) {
                if (pair.startsWith("_format=")) {
                    // A '+' means a space in a query, yet everybody writes application/fhir+json.
                    return pair.substring(8)
                            .replace("%2F", "/")
                            .replace("%2f", "/")
                            .replace("%2B", "+")
                            .replace("%2b", "+")
                            .split("%3[Bb]|;", 2)[0]
                            .toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    private static String mediaType(String part) {
        return part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static void require(boolean acceptable) {
        if (!acceptable) {
            throw new CodedException(
                    Issue.of(FhirError.NOT_ACCEPTABLE, "", "expected application/fhir+json or application/fhir+xml"));
        }
    }
}

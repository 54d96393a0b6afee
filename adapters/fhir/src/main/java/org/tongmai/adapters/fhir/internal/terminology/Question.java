package org.tongmai.adapters.fhir.internal.terminology;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What is asked of the tables: a path and parameters, from the query string or from a Parameters resource. A coding in a
 * Parameters resource becomes {@code system}, {@code code} and {@code display}.
 *
 * @param type resource type
 * @param id id of one resource, or empty
 * @param operation {@code $lookup} or the like, or empty
 * @param values values by parameter
 */
record Question(String type, String id, String operation, Map<String, List<String>> values) {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Set<String> GENERAL = Set.of("_format", "_pretty");

    static Question read(HttpServletRequest request, FhirContext context, int limit) throws IOException {
        List<String> path =
                new ArrayList<>(List.of(request.getPathInfo().substring(1).split("/")));
        path.remove("_search");
        String last = path.get(path.size() - 1);
        boolean operation = last.startsWith("$");
        String id = path.size() > 1 && !path.get(1).startsWith("$") ? path.get(1) : "";
        int most = 1 + (id.isEmpty() ? 0 : 1) + (operation ? 1 : 0);
        if (path.size() != most) {
            throw refuse(FhirError.UNKNOWN_INTERACTION, "metadata lists the interactions");
        }
        Map<String, List<String>> values = new HashMap<>();
        query(request.getQueryString(), values);
        if (request.getMethod().equals("POST")) {
            body(request, context, limit, values);
        } else if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
            throw refuse(FhirError.METHOD_NOT_ALLOWED, "expected GET, HEAD or POST");
        }
        values.keySet().removeAll(GENERAL);
        return new Question(path.get(0), id, operation ? last : "", values);
    }

    private static void query(String query, Map<String, List<String>> values) {
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            try {
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
            } catch (IllegalArgumentException e) {
                throw new CodedException(
                        Issue.of(FhirError.INVALID_REQUEST, "", "expected two hexadecimal digits after every %"), e);
            }
        }
    }

    private static void body(
            HttpServletRequest request, FhirContext context, int limit, Map<String, List<String>> values)
            throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw refuse(FhirError.BODY_TOO_LARGE, "at most " + limit + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String type = request.getContentType() == null ? "" : request.getContentType();
        if (type.startsWith("application/x-www-form-urlencoded")) {
            query(text, values);
            return;
        }
        if (!type.contains("json") && !type.contains("xml")) {
            throw refuse(FhirError.UNSUPPORTED_MEDIA_TYPE, "expected FHIR Parameters or a form");
        }
        IParser parser = type.contains("xml") ? context.newXmlParser() : context.newJsonParser();
        try {
            for (ParametersParameterComponent each :
                    parser.parseResource(Parameters.class, text).getParameter()) {
                parameter(each, values);
            }
        } catch (DataFormatException e) {
            throw new CodedException(
                    Issue.of(FhirError.INVALID_REQUEST, "", "expected a resource of type Parameters"), e);
        }
    }

    private static void parameter(ParametersParameterComponent each, Map<String, List<String>> values) {
        Coding coding = each.getValue() instanceof CodeableConcept concept
                ? concept.getCodingFirstRep()
                : each.getValue() instanceof Coding alone ? alone : null;
        if (coding != null) {
            put("system", coding.getSystem(), values);
            put("code", coding.getCode(), values);
            put("display", coding.getDisplay(), values);
        } else if (each.hasValue()) {
            put(each.getName(), each.getValue().primitiveValue(), values);
        }
    }

    private static void put(String name, String value, Map<String, List<String>> values) {
        if (value != null) {
            values.computeIfAbsent(name, any -> new ArrayList<>(1)).add(value);
        }
    }

    /** Refuses parameters that are not among these: a filter that is left out silently shows other things. */
    void allow(Set<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new CodedException(Issue.of(
                        FhirError.UNKNOWN_PARAMETER,
                        "",
                        "expected: " + String.join(", ", names.stream().sorted().toList())));
            }
        }
    }

    /** The first value, or empty. */
    String value(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        return given.isEmpty() ? "" : given.get(0);
    }

    String required(String name) {
        String value = value(name);
        if (value.isEmpty()) {
            throw refuse(FhirError.INVALID_VALUE, "expected: a value of " + name);
        }
        return value;
    }

    int number(String name, int fallback, int most) {
        String value = value(name);
        if (value.isEmpty()) {
            return fallback;
        }
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) > most) {
            throw refuse(FhirError.INVALID_VALUE, name + ", expected: 0 to " + most);
        }
        return Integer.parseInt(value);
    }

    /** The day that codes are judged on: {@code date}, or today in China. */
    LocalDate day() {
        String value = value("date");
        if (value.isEmpty()) {
            return LocalDate.now(ZONE);
        }
        try {
            return LocalDate.parse(value.length() > 10 ? value.substring(0, 10) : value);
        } catch (DateTimeParseException e) {
            throw new CodedException(Issue.of(FhirError.INVALID_VALUE, "", "date, expected: YYYY-MM-DD"), e);
        }
    }

    static CodedException refuse(FhirError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

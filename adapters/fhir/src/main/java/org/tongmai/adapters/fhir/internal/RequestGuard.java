package org.tongmai.adapters.fhir.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Lets through what the endpoint serves and refuses the rest before anything is parsed. Searches by POST come out as
 * GET; the only body behind this point is the bounded JSON of {@code Patient/$match}.
 */
public final class RequestGuard {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SEARCH = "_search";
    private static final String HISTORY = "_history";

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final Set<String> types;
    private final FhirSettings settings;

    public RequestGuard(Set<String> types, FhirSettings settings) {
        this.types = types;
        this.settings = settings;
    }

    /** Answers the request to go on with. */
    public HttpServletRequest check(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > settings.maxBodyBytes()) {
            throw refuse(FhirError.BODY_TOO_LARGE, "at most " + settings.maxBodyBytes() + " bytes");
        }
        String query = request.getQueryString();
        if (query != null && BROKEN_ESCAPE.matcher(query).find()) {
            throw refuse(FhirError.INVALID_REQUEST, "expected two hexadecimal digits after every %");
        }
        List<String> path = path(request);
        boolean searchByPost = request.getMethod().equals("POST")
                && path.size() == 2
                && path.get(1).equals(SEARCH);
        boolean match = path.equals(List.of("Patient", "$match"));
        if (match != request.getMethod().equals("POST") && !searchByPost
                || !Set.of("GET", "HEAD", "POST").contains(request.getMethod())) {
            throw refuse(FhirError.METHOD_NOT_ALLOWED, "expected GET, HEAD, or POST to _search and Patient/$match");
        }
        MediaTypes.requireAcceptable(request);
        if (match) {
            return new BoundedBody(request, json(request));
        }
        checkPath(path);
        return searchByPost || path.size() == 2 && path.get(1).equals(SEARCH)
                ? new SearchAsGet(request, searchByPost ? form(request) : "")
                : request;
    }

    private void checkPath(List<String> path) {
        if (path.equals(List.of("metadata"))) {
            return;
        }
        if (path.isEmpty()) {
            throw refuse(FhirError.UNKNOWN_INTERACTION, "expected a resource type or metadata after the base address");
        }
        if (!types.contains(path.get(0))) {
            throw refuse(FhirError.UNKNOWN_TYPE, "metadata lists the types");
        }
        if (path.size() == 1 || path.size() == 2 && path.get(1).equals(SEARCH)) {
            return;
        }
        if (!isId(path.get(1))) {
            throw refuse(
                    path.get(1).startsWith("_") || path.get(1).startsWith("$")
                            ? FhirError.UNKNOWN_INTERACTION
                            : FhirError.INVALID_ID,
                    "expected 1 to 64 letters, digits, '-' and '.'");
        }
        checkBelowInstance(path);
    }

    private static void checkBelowInstance(List<String> path) {
        boolean history = path.size() > 2 && path.get(2).equals(HISTORY);
        boolean everything =
                path.size() == 3 && path.get(0).equals("Patient") && path.get(2).equals("$everything");
        if (path.size() == 4 && history) {
            if (!path.get(3).matches("[1-9][0-9]{0,8}")) {
                throw refuse(FhirError.INVALID_ID, "expected a version number");
            }
        } else if (path.size() > 2 && !(path.size() == 3 && (history || everything))) {
            throw refuse(FhirError.UNKNOWN_INTERACTION, "metadata lists the interactions");
        }
    }

    private String form(HttpServletRequest request) throws IOException {
        String form = new String(body(request, Set.of(FORM), FORM), StandardCharsets.UTF_8);
        if (BROKEN_ESCAPE.matcher(form).find()) {
            throw refuse(FhirError.INVALID_REQUEST, "expected two hexadecimal digits after every %");
        }
        return form;
    }

    private byte[] json(HttpServletRequest request) throws IOException {
        return body(request, Set.of("application/fhir+json", "application/json"), "");
    }

    /** Reads a body of a known type, and no more of it than is allowed. */
    private byte[] body(HttpServletRequest request, Set<String> types, String otherwise) throws IOException {
        String type = request.getContentType();
        String media = type == null ? otherwise : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!types.contains(media) || request.getHeader("Content-Encoding") != null) {
            throw refuse(
                    FhirError.UNSUPPORTED_MEDIA_TYPE,
                    "expected " + types.stream().sorted().findFirst().orElseThrow() + " without an encoding");
        }
        byte[] body = request.getInputStream().readNBytes(settings.maxBodyBytes() + 1);
        if (body.length > settings.maxBodyBytes()) {
            throw refuse(FhirError.BODY_TOO_LARGE, "at most " + settings.maxBodyBytes() + " bytes");
        }
        return body;
    }

    private static List<String> path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = info == null ? "" : info;
        int start = path.startsWith("/") ? 1 : 0;
        int end = path.length() > start && path.endsWith("/") ? path.length() - 1 : path.length();
        return end <= start ? List.of() : List.of(path.substring(start, end).split("/", -1));
    }

    private static boolean isId(String id) {
        return id.matches("[A-Za-z0-9\\-.]{1,64}");
    }

    private static CodedException refuse(FhirError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

/**
 * {@code $validate} (FHIR R4, Resource-validate): {@code POST Type/$validate} and {@code POST Type/id/$validate} judge
 * what is sent, {@code GET Type/id/$validate} what is stored. Without {@code profile} the canonical profile of the type
 * counts. The answer is 200 with an OperationOutcome, also for a resource that is wrong.
 *
 * <p>It stands before HAPI's server, because that would parse the body leniently and judge what is left of it.
 */
public final class ValidateOperation {
    private static final Pattern PATH = Pattern.compile("/([A-Za-z]+)(?:/([A-Za-z0-9\\-.]{1,64}))?/\\$validate/?");

    private final CanonicalSearch search;
    private final ResourceValidator validator;
    private final ValidateBody body;

    public ValidateOperation(CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {
        this.search = search;
        this.validator = validator;
        this.body = new ValidateBody(settings);
    }

    /** Whether a request asks for it. */
    public static boolean isAsked(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null && PATH.matcher(path).matches();
    }

    /** Answers the request; throws a coded refusal when nothing was judged. */
    public void answer(FhirContext context, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Matcher path = PATH.matcher(request.getPathInfo());
        if (!path.matches() || !search.parameters().types().contains(path.group(1))) {
            throw refuse(FhirError.UNKNOWN_TYPE, "metadata lists the types");
        }
        MediaTypes.requireAcceptable(request);
        ValidationReport report = validator.validate(request(request, path.group(1), path.group(2)));
        response.setStatus(HttpServletResponse.SC_OK);
        Outcomes.write(context, Outcomes.of(report), request, response);
    }

    private ValidationRequest request(HttpServletRequest request, String type, String id) throws IOException {
        if (!Set.of("GET", "POST").contains(request.getMethod())) {
            throw refuse(FhirError.METHOD_NOT_ALLOWED, "expected POST, or GET of a stored resource");
        }
        ValidateQuery query = ValidateQuery.read(request.getQueryString());
        ValidateBody.Content content = request.getMethod().equals("GET") ? stored(type, id) : body.read(request);
        if (content.isEmpty()) {
            Optional<String> profile = content.profile();
            content = stored(type, id).with(profile);
        }
        if (!content.type().isEmpty() && !content.type().equals(type)) {
            throw refuse(FhirError.INVALID_REQUEST, "expected a resource of the type in the path");
        }
        Optional<String> profile = query.profile().or(content::profile).or(() -> validator.profile(type));
        return new ValidationRequest(
                content.bytes(), content.format(), profile.map(List::of).orElse(List.of()));
    }

    private ValidateBody.Content stored(String type, String id) {
        if (id == null) {
            throw refuse(FhirError.INVALID_REQUEST, "expected a resource in the body, or the id of a stored one");
        }
        StoredResource found =
                search.find(type, id).orElseThrow(() -> new CodedException(Issue.of(FhirError.NOT_FOUND, type, "")));
        if (found.state() == StoredResource.State.DELETED) {
            throw new CodedException(Issue.of(FhirError.DELETED, type, ""));
        }
        byte[] json = found.resource().content().toString().getBytes(StandardCharsets.UTF_8);
        return new ValidateBody.Content(json, ValidationRequest.Format.JSON, type, Optional.empty());
    }

    static CodedException refuse(FhirError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

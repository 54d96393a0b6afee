package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.internal.write.Change.Conditions;
import org.tongmai.adapters.fhir.internal.write.Change.Verb;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads what one request line and its body want (FHIR R4, http, sections 3.1.0.5 to 3.1.0.8). */
final class ChangeReader {
    private static final Pattern PATH = Pattern.compile("/?([A-Za-z]{1,64})(?:/([A-Za-z0-9\\-.]{1,64}))?/?");
    private static final Pattern PRESENTATION = Pattern.compile("|_(?:format|pretty|summary|elements)(?:=.*)?");
    private static final Pattern VERSION = Pattern.compile("(?:W/)?\"?([1-9][0-9]{0,8})\"?");
    private static final String JSON_PATCH = "application/json-patch+json";

    private final StoredTypes types;
    private final BodyTree bodies;

    ChangeReader(StoredTypes types, BodyTree bodies) {
        this.types = types;
        this.bodies = bodies;
    }

    /**
     * A request about one resource.
     *
     * @param place where it stands in a Bundle, or empty
     * @param method HTTP method
     * @param address below the base address, with its query
     * @param media of the body
     * @param body read; null where there is none
     */
    record Line(String place, String method, String address, String media, JsonNode body) {
        /** Where something stands: in the Bundle, or in the resource itself. */
        String location(String element) {
            if (!place.isEmpty()) {
                return place + "." + element;
            }
            return element.startsWith("resource.") ? element.substring("resource.".length()) : "";
        }
    }

    /**
     * Conditions as they came.
     *
     * @param ifMatch a version, or *
     * @param ifNoneMatch * for an update that must create
     * @param ifNoneExist search that must find nothing for a create
     */
    record Asked(String ifMatch, String ifNoneMatch, String ifNoneExist) {
        static Asked of(UnaryOperator<String> headers) {
            return new Asked(
                    headers.apply(RawRequest.IF_MATCH),
                    headers.apply(RawRequest.IF_NONE_MATCH),
                    headers.apply(RawRequest.IF_NONE_EXIST));
        }
    }

    Change read(Line line, Asked asked, String fullUrl) {
        int mark = line.address().indexOf('?');
        String criteria = mark < 0 ? "" : withoutPresentation(line.address().substring(mark + 1));
        Matcher path = PATH.matcher(mark < 0 ? line.address() : line.address().substring(0, mark));
        if (!path.matches()) {
            throw refuse(FhirError.UNKNOWN_INTERACTION, line.location("request.url"), "expected Type or Type/id");
        }
        String type = path.group(1);
        String id = Optional.ofNullable(path.group(2)).orElse("");
        if (!types.contains(type)) {
            throw refuse(FhirError.UNKNOWN_TYPE, line.location("request.url"), "metadata lists the types");
        }
        Verb verb = verb(line);
        requireAddress(line, verb, id, criteria);
        Conditions conditions = new Conditions(version(line, verb, asked), search(line, asked.ifNoneExist(), type));
        if (verb == Verb.PATCH) {
            Patch patch = patch(line);
            return new Change(line.place(), verb, type, id, criteria, conditions, fullUrl, null, patch);
        }
        ObjectNode resource = resource(line, type);
        if (verb == Verb.UPDATE) {
            requireId(line, resource, id);
        }
        return new Change(line.place(), verb, type, id, criteria, conditions, fullUrl, resource, null);
    }

    private static Verb verb(Line line) {
        return switch (line.method()) {
            case "POST" -> Verb.CREATE;
            case "PUT" -> Verb.UPDATE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" ->
                throw refuse(FhirError.DELETE_NOT_TAKEN, line.location("request.method"), "a status says it instead");
            default ->
                throw refuse(
                        FhirError.METHOD_NOT_ALLOWED, line.location("request.method"), "expected POST, PUT or PATCH");
        };
    }

    private static void requireAddress(Line line, Verb verb, String id, String criteria) {
        boolean right = verb == Verb.CREATE ? id.isEmpty() && criteria.isEmpty() : id.isEmpty() != criteria.isEmpty();
        if (!right) {
            throw refuse(
                    FhirError.INVALID_REQUEST,
                    line.location("request.url"),
                    verb == Verb.CREATE ? "expected Type" : "expected Type/id or Type?criteria");
        }
    }

    private static int version(Line line, Verb verb, Asked asked) {
        String ifMatch = asked.ifMatch().strip();
        if (verb == Verb.UPDATE && !asked.ifNoneMatch().isEmpty()) {
            if (!asked.ifNoneMatch().strip().equals("*") || !ifMatch.isEmpty()) {
                throw refuse(FhirError.INVALID_REQUEST, line.location("request.ifNoneMatch"), "expected * by itself");
            }
            return 0;
        }
        if (ifMatch.isEmpty()) {
            return WriteRule.ANY;
        }
        if (ifMatch.equals("*")) {
            return Conditions.EXISTING;
        }
        Matcher version = VERSION.matcher(ifMatch);
        if (!version.matches()) {
            throw refuse(FhirError.INVALID_REQUEST, line.location("request.ifMatch"), "expected W/\"version\"");
        }
        return Integer.parseInt(version.group(1));
    }

    /** Without what says how to answer, not what to write. */
    private static String withoutPresentation(String query) {
        return Arrays.stream(query.split("&"))
                .filter(pair -> !PRESENTATION.matcher(pair).matches())
                .collect(Collectors.joining("&"));
    }

    /** The search alone (FHIR R4, http, section 3.1.0.8.1); some clients put the address before it. */
    private static String search(Line line, String ifNoneExist, String type) {
        int mark = ifNoneExist.indexOf('?');
        String address = mark < 0 ? "" : ifNoneExist.substring(0, mark);
        if (!address.isEmpty() && !address.equals(type) && !address.endsWith("/" + type)) {
            throw refuse(
                    FhirError.INVALID_REQUEST, line.location("request.ifNoneExist"), "expected a search for the type");
        }
        return ifNoneExist.substring(mark + 1);
    }

    private static ObjectNode resource(Line line, String type) {
        if (!(line.body() instanceof ObjectNode resource)) {
            throw refuse(FhirError.UNREADABLE_BODY, line.location("resource"), "expected a resource");
        }
        if (!resource.path("resourceType").asText().equals(type)) {
            throw refuse(
                    FhirError.INVALID_REQUEST,
                    line.location("resource.resourceType"),
                    "expected the type in the address");
        }
        resource.forEach(value -> {
            if (value.isNull()) {
                throw refuse(FhirError.UNREADABLE_BODY, line.location("resource"), "expected no null");
            }
        });
        return resource;
    }

    private static void requireId(Line line, ObjectNode resource, String id) {
        String own = resource.path("id").asText();
        if (!id.isEmpty() && !own.equals(id)) {
            throw refuse(FhirError.INVALID_REQUEST, line.location("resource.id"), "expected the id in the address");
        }
    }

    private Patch patch(Line line) {
        JsonNode body = line.body();
        if (body != null && body.path("resourceType").asText().equals("Binary")) {
            return ofBinary(line, body);
        }
        if (body != null && body.isArray() && line.media().equals(JSON_PATCH)) {
            return new Patch(Patch.Language.JSON_PATCH, body);
        }
        if (body != null && body.path("resourceType").asText().equals("Parameters")) {
            return new Patch(Patch.Language.FHIRPATH_PATCH, body.path("parameter"));
        }
        throw refuse(
                FhirError.UNSUPPORTED_MEDIA_TYPE,
                line.location("resource"),
                "expected a JSON Patch as " + JSON_PATCH + ", or a Parameters resource");
    }

    /** A JSON Patch in a Bundle (FHIR R4, http, section 3.1.0.8). */
    private Patch ofBinary(Line line, JsonNode binary) {
        try {
            JsonNode operations = bodies.read(
                    binary.path("data").binaryValue(), org.tongmai.standards.validation.ValidationRequest.Format.JSON);
            if (binary.path("contentType").asText().startsWith(JSON_PATCH) && operations.isArray()) {
                return new Patch(Patch.Language.JSON_PATCH, operations);
            }
        } catch (IOException | NullPointerException e) {
            throw refuse(FhirError.UNREADABLE_BODY, line.location("resource.data"), "expected base 64");
        }
        throw refuse(FhirError.UNSUPPORTED_MEDIA_TYPE, line.location("resource"), "expected " + JSON_PATCH);
    }

    static CodedException refuse(FhirError error, String location, String detail) {
        return new CodedException(Issue.of(error, location, detail));
    }
}

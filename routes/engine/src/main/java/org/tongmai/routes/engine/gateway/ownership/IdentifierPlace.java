package org.tongmai.routes.engine.gateway.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.CallParameters.Source;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Form;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Who;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

/** One place of a policy, ready to be read. */
final class IdentifierPlace {
    /** What no service reads otherwise: no percent sign, no comma, no blank. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final String REFERENCE = "Patient/";
    /** As Location has it (FHIR R4, 3.1.0.8); no part of it is written in another way. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://[A-Za-z0-9.:\\[\\]-]+)?(?:/[A-Za-z0-9._~-]+)*/(Patient/[^/]+)(?:/_history/[^/]+)?");

    private final Policy policy;
    private final String where;
    private final GatewayError error;
    private final int segment;
    private final List<String> steps;
    private final JsonPlaces json;
    private final SameName elsewhere;

    /**
     * @param path the service's path, with the names of segments
     * @param all the policies of the service: what one of them judges needs no second look
     */
    IdentifierPlace(Policy policy, String path, List<Policy> all) {
        this.policy = policy;
        this.where = policy.in().name().toLowerCase(Locale.ROOT) + " " + policy.name();
        this.error = policy.in().isAnswered() ? GatewayError.ANSWER_UNREADABLE : GatewayError.IDENTIFIER_UNREADABLE;
        this.segment = List.of(path.split("/", -1)).indexOf("{" + policy.name() + "}");
        this.steps = policy.name().startsWith("/") ? JsonPlaces.steps(policy.name()) : List.of();
        this.json = new JsonPlaces(error, where);
        this.elsewhere = new SameName(steps.size() == 1 ? steps.get(0) : policy.name(), all);
    }

    Part part() {
        return policy.in();
    }

    String where() {
        return where;
    }

    /** Whether somebody so related may have what is here. */
    boolean allows(Relation relation) {
        return relation == Relation.SAME || relation == Relation.GUARDIAN && policy.who() == Who.SELF_OR_WARD;
    }

    /** Whether the content is read: the place is in it, or it is JSON, where the same name might stand again. */
    boolean readsBody(HttpCall call) {
        boolean isParameter = policy.in() == Part.QUERY || policy.in() == Part.FORM;
        return policy.in() == Part.BODY
                || isParameter && call.content().length() > 0 && isJson(CallParameters.mediaType(call));
    }

    /**
     * The identifiers in a call: at least one.
     *
     * @param body its content; null where it is not read
     */
    List<PersonIdentifier> in(ReadCall call, JsonNode body) {
        List<String> values =
                switch (policy.in()) {
                    case PATH -> List.of(call.call().path().split("/", -1)[segment]);
                    case QUERY -> List.of(parameter(Source.QUERY, call, body));
                    case FORM -> List.of(parameter(Source.FORM, call, body));
                    default -> members(call, body);
                };
        if (values.isEmpty()) {
            throw unreadable("found: none");
        }
        return values.stream().map(this::identifier).toList();
    }

    /** Content without a type is a form to some. */
    private String parameter(Source source, ReadCall call, JsonNode body) {
        String value = call.parameters().only(source, policy.name());
        boolean isUntyped = call.call().content().length() > 0
                && CallParameters.mediaType(call.call()).isEmpty();
        if (isUntyped) {
            throw unreadable("found: content without a type");
        }
        requireSame(value, call, body);
        return value;
    }

    private List<String> members(ReadCall call, JsonNode body) {
        List<String> values = json.values(body, steps, JsonPlaces.Nothing.IS_UNREADABLE);
        boolean isNamed = steps.size() == 1 && !steps.get(0).equals(JsonPlaces.EVERY);
        if (isNamed) {
            requireSame(values.get(0), call, null);
        }
        return values;
    }

    private void requireSame(String value, ReadCall call, JsonNode body) {
        if (!elsewhere.says(value, call, body)) {
            throw unreadable("found: another value elsewhere");
        }
    }

    /** A call's content, to look for identifiers at several places. */
    JsonNode body(HttpCall call) {
        String type = CallParameters.mediaType(call);
        CallParameters.requirePlain(call);
        if (!isJson(type)) {
            throw unreadable("expected: JSON");
        }
        return json.read(call.body());
    }

    /** That whose data it is can not be read here. */
    Refused unreadable(String detail) {
        return new Refused(error, where, detail);
    }

    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    /** An answer's content, to look for identifiers at several places. */
    JsonNode read(byte[] answer) {
        return json.read(answer);
    }

    /**
     * The identifiers in an answer; an empty list has none, and so has a field that is not there.
     *
     * @param body its content; null where no place is in it
     */
    List<PersonIdentifier> in(HttpAnswer answer, JsonNode body) {
        List<String> values = policy.in() == Part.ANSWER
                ? json.values(body, steps, JsonPlaces.Nothing.HOLDS_NOTHING)
                : answer.fields().all(policy.name()).stream()
                        .map(this::reference)
                        .toList();
        return values.stream().map(this::identifier).toList();
    }

    /** What of an address is a reference; any other text as it is. */
    private String reference(String value) {
        Matcher address = ADDRESS.matcher(value);
        return policy.form() == Form.REFERENCE && address.matches() ? address.group(1) : value;
    }

    private PersonIdentifier identifier(String written) {
        String start =
                policy.form() == Form.VALUE ? "" : policy.form() == Form.REFERENCE ? REFERENCE : policy.system() + "|";
        String value = written.startsWith(start) ? written.substring(start.length()) : "";
        if (!VALUE.matcher(value).matches()) {
            throw unreadable("expected: an identifier, as " + policy.form());
        }
        return new PersonIdentifier(policy.system(), value);
    }
}

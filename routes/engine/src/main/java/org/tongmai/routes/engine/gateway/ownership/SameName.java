package org.tongmai.routes.engine.gateway.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.Names;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;
import org.tongmai.standards.exchange.HttpCall;

/**
 * The name of a policy in the other parts of a call: frameworks throw query, form, members of JSON and cookies together, each
 * with another part first, so what stands elsewhere must be the same value, or be judged by a policy of its own.
 */
final class SameName {
    private final Set<String> name;
    private final boolean inParameters;
    private final boolean inMembers;

    /** @param all the policies of the service */
    SameName(String name, List<Policy> all) {
        this.name = Names.plainParameter(name);
        this.inParameters = all.stream().noneMatch(each -> isIn(each, Set.of(Part.QUERY, Part.FORM), each.name()));
        this.inMembers = all.stream()
                .noneMatch(each -> isIn(each, Set.of(Part.BODY), each.name().replaceFirst("^/", "")));
    }

    private boolean isIn(Policy policy, Set<Part> parts, String called) {
        return parts.contains(policy.in()) && isMeant(called);
    }

    private boolean isMeant(String called) {
        return !Collections.disjoint(Names.plainParameter(called), name);
    }

    /**
     * Whether every part of the call that knows the name says the same.
     *
     * @param body its content as JSON; null where it has none
     */
    boolean says(String value, ReadCall call, JsonNode body) {
        return (!inParameters || parametersSay(value, call.parameters()))
                && (!inMembers || body == null || membersSay(value, body))
                && cookiesSay(value, call.call());
    }

    private boolean parametersSay(String value, CallParameters parameters) {
        long same = parameters.all().stream()
                .filter(each -> isMeant(each.name()) && each.value().equals(value))
                .count();
        return parameters.alike(name) == same;
    }

    private boolean membersSay(String value, JsonNode body) {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            JsonNode said = member.getValue();
            boolean same = JsonPlaces.isReadable(said) && said.asText().equals(value);
            if (!same && isMeant(member.getKey())) {
                return false;
            }
        }
        return true;
    }

    private boolean cookiesSay(String value, HttpCall call) {
        for (String field : call.fields().all("cookie")) {
            for (String cookie : field.split("[;,]")) {
                int equals = cookie.indexOf('=');
                String said = equals < 0 ? "" : cookie.substring(equals + 1).strip();
                String called = equals < 0 ? cookie : cookie.substring(0, equals);
                if (!said.equals(value) && isMeant(called)) {
                    return false;
                }
            }
        }
        return true;
    }
}

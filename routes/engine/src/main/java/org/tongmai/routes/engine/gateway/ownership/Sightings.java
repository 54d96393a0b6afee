package org.tongmai.routes.engine.gateway.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.request.CallParameters;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Form;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.PlainName;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** Every place of one call and its answer at which an identifier could stand, with what stands there. Lives for that call. */
final class Sightings {
    private static final int MOST = 200;
    private static final int DEEPEST = 20;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern REFERENCE = Pattern.compile("Patient/[A-Za-z0-9.-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9:./-]{1,100}\\|[A-Za-z0-9._-]{1,64}");

    private final Map<Spot, Set<String>> values = new LinkedHashMap<>();

    /** A place. */
    record Spot(Part in, String name, Form form) {}

    private Sightings() {}

    /** @param path the service's path, with the names of its segments */
    static Sightings of(HttpCall call, HttpAnswer answer, String path) {
        Sightings seen = new Sightings();
        String[] names = path.split("/", -1);
        String[] segments = call.path().split("/", -1);
        for (int i = 0; i < names.length && i < segments.length; i++) {
            if (names[i].startsWith("{")) {
                seen.add(Part.PATH, names[i].substring(1, names[i].length() - 1), segments[i]);
            }
        }
        seen.tried(() -> CallParameters.of(call)
                .all()
                .forEach(each -> seen.chosen(Part.valueOf(each.source().name()), each.name(), each.value())));
        seen.tried(() -> {
            if (IdentifierPlace.isJson(CallParameters.mediaType(call))) {
                seen.walk(Part.BODY, call.body());
            }
        });
        boolean json = answer.fields()
                .first("content-type")
                .map(MediaType::nameIn)
                .filter(IdentifierPlace::isJson)
                .isPresent();
        if (json && answer.status() / 100 == 2) {
            seen.tried(() -> seen.walk(Part.ANSWER, answer.body()));
        }
        return seen;
    }

    Map<Spot, Set<String>> values() {
        return values;
    }

    /** What can not be read has no identifier that a policy could read. */
    private void tried(Runnable reading) {
        try {
            reading.run();
        } catch (CodedException e) {
            return; // counted as a call in which no place held
        }
    }

    private void walk(Part part, byte[] content) {
        walk(part, "", new JsonPlaces(GatewayError.IDENTIFIER_UNREADABLE, "").read(content), DEEPEST);
    }

    private void walk(Part part, String pointer, JsonNode node, int deeper) {
        if (deeper == 0) {
            return;
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(member -> PlainName.isPlain(member.getKey()))
                    .forEach(member -> walk(part, pointer + "/" + member.getKey(), member.getValue(), deeper - 1));
        } else if (node.isArray()) {
            node.forEach(each -> walk(part, pointer + "/" + JsonPlaces.EVERY, each, deeper - 1));
        } else if (JsonPlaces.isReadable(node)) {
            add(part, pointer, node.asText());
        }
    }

    /** Names are remembered: one that a caller chose and that could be a value is not. */
    private void chosen(Part part, String name, String value) {
        if (PlainName.isPlain(name)) {
            add(part, name, value);
        }
    }

    private void add(Part part, String name, String value) {
        Form form = REFERENCE.matcher(value).matches()
                ? Form.REFERENCE
                : VALUE.matcher(value).matches()
                        ? Form.VALUE
                        : TOKEN.matcher(value).matches() ? Form.TOKEN : null;
        Spot spot = new Spot(part, name, form);
        if (form != null && name.length() <= MOST && (values.size() < MOST || values.containsKey(spot))) {
            Set<String> there = values.computeIfAbsent(spot, first -> new HashSet<>());
            if (there.size() < MOST) {
                there.add(value);
            }
        }
    }

    /** What a written value says, without the form it is written in. */
    static String plain(Form form, String written) {
        return switch (form) {
            case VALUE -> written;
            case REFERENCE -> written.substring(written.indexOf('/') + 1);
            case TOKEN -> written.substring(written.indexOf('|') + 1);
        };
    }

    /** The system a token names; empty for other forms. */
    static List<String> system(Form form, String written) {
        return form == Form.TOKEN ? List.of(written.substring(0, written.indexOf('|'))) : List.of();
    }
}

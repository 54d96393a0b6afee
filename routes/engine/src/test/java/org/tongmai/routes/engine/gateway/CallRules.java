package org.tongmai.routes.engine.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.tongmai.standards.crypto.PemKeys;

/** The rules of {@code call-rules.json} beside those of a user gateway, and callers of the open one. */
final class CallRules {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] NOTHING = {};

    private final UserGateway gateway;

    CallRules(UserGateway gateway) {
        this.gateway = gateway;
    }

    /** @param places what stands for each {@code @PLACE@} */
    void publish(Map<String, String> places) {
        gateway.publish(text(places));
    }

    String text(Map<String, String> places) {
        try (InputStream in = CallRules.class.getResourceAsStream("call-rules.json")) {
            String mine = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@BACKEND@", gateway.backend.url())
                    .replace(
                            "@KEY@",
                            PemKeys.write(UserGateway.APPLICATION.publicKey()).replace("\n", "\\n"));
            for (Map.Entry<String, String> place : places.entrySet()) {
                mine = mine.replace('@' + place.getKey() + '@', place.getValue());
            }
            ObjectNode all = (ObjectNode) MAPPER.readTree(gateway.rules());
            MAPPER.readTree(mine).properties().forEach(member -> add(all, member.getKey(), member.getValue()));
            return all.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void add(ObjectNode all, String name, JsonNode more) {
        if (all.get(name) instanceof ArrayNode list && more instanceof ArrayNode others) {
            list.addAll(others);
        } else {
            all.set(name, more);
        }
    }

    /** A signed call of an application at the open gateway. */
    HttpResponse<String> open(String application, String target) {
        return SignedCaller.send(new SignedCaller(application, UserGateway.APPLICATION)
                .request(gateway.node.open, "GET", target, NOTHING, System.currentTimeMillis())
                .build());
    }
}

package org.tongmai.routes.engine.bundle.sandbox.golden.internal;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.bundle.sandbox.Sandbox;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Sends the message of a case where it belongs: into its receiving route, or, in a bundle that only delivers, to the
 * delivering routes as another bundle would have published it.
 */
public final class CaseSender {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final Sandbox sandbox;

    public CaseSender(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** @throws CodedException when the case names no route of the bundle, or its message can not be read */
    public SandboxRun send(GoldenFiles.Case each) {
        List<String> routes = sandbox.receiving();
        if (routes.isEmpty()) {
            return publish(each);
        }
        String route = each.route().isEmpty() ? routes.get(0) : each.route();
        if (!routes.contains(route)) {
            throw invalid("cases.csv", "found route " + route + ", expected one of " + routes);
        }
        return sandbox.send(route, each.message());
    }

    private SandboxRun publish(GoldenFiles.Case each) {
        if (each.input().equals("hl7")) {
            return sandbox.publish(received(each.message()));
        }
        ReceivedMessage none = received(new byte[0]);
        return sandbox.deliver(canonical(each), none);
    }

    private static ReceivedMessage received(byte[] message) {
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(message, null);
        Hl7Header header = Hl7Header.scan(decoded.text());
        return new ReceivedMessage(
                "hl7v2:message", message, decoded.charset(), decoded.text(), header.keys(), "", Instant.EPOCH);
    }

    private static CanonicalBundle canonical(GoldenFiles.Case each) {
        JsonNode root;
        try {
            root = JSON.readTree(each.message());
        } catch (IOException e) {
            throw invalid(each.name() + "." + each.input(), "expected JSON");
        }
        List<CanonicalResource> resources = new ArrayList<>();
        for (JsonNode resource : root.path("resources")) {
            if (!(resource instanceof ObjectNode content) || !content.has("id") || !content.has("resourceType")) {
                throw invalid(each.name() + "." + each.input(), "expected resources with resourceType and id");
            }
            resources.add(new CanonicalResource(
                    content.path("resourceType").asText(), content.path("id").asText(), content));
        }
        String topic = root.path("topic").asText();
        if (topic.isEmpty()) {
            throw invalid(each.name() + "." + each.input(), "expected topic, event, patientKey and resources");
        }
        return new CanonicalBundle(
                topic, root.path("event").asText(), root.path("patientKey").asText(), resources, List.of());
    }

    private static CodedException invalid(String file, String detail) {
        return new CodedException(Issue.of(SandboxError.GOLDEN_INVALID, GoldenFiles.FOLDER + file, detail));
    }
}

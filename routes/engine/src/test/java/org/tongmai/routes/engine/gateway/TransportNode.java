package org.tongmai.routes.engine.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.camel.MappingTransformers;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.terminology.Terminology;

/** A node with the services of {@code transport-rules.json} whose transports a test has servers for. */
final class TransportNode implements AutoCloseable {
    final TestDatabase database = new TestDatabase();
    final Backend backend = new Backend();
    final GatewayNode node;

    TransportNode() throws Exception {
        node = new GatewayNode(database.dataSource(), "transports", Set.of(), Clock.systemUTC());
        MappingTransformers.register(
                node.context, MappingEngine.compile(Terminology.load(), MappingSettings.defaults()));
    }

    /** @param places what stands for ports and files in the rules; those a test does not use are anything */
    void publish(Map<String, String> places) throws IOException {
        try (InputStream in = TransportNode.class.getResourceAsStream("transport-rules.json")) {
            String rules = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@BACKEND@", backend.url());
            for (Map.Entry<String, String> place : places.entrySet()) {
                rules = rules.replace('@' + place.getKey() + '@', place.getValue());
            }
            // A port of its own: it will be open, and others are to be closed.
            rules = rules.replace("@LISTEN@", Integer.toString(GatewayNode.freePort()));
            node.registry.publish(
                    rules.replaceAll("@[A-Z]+@", Integer.toString(GatewayNode.freePort())), 0, "", "test");
        }
    }

    /** A call by POST with a content of a type, at the bus. */
    HttpResponse<String> post(String target, String type, String content, String... fields) {
        return SignedCaller.send(request(target, type, content, fields));
    }

    /** The same with bytes. */
    HttpResponse<String> post(String target, String type, byte[] content) {
        return SignedCaller.send(HttpRequest.newBuilder(SignedCaller.uri(node.bus, target))
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build());
    }

    HttpRequest request(String target, String type, String content, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(SignedCaller.uri(node.bus, target))
                .header("content-type", type)
                .POST(HttpRequest.BodyPublishers.ofString(content));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return request.build();
    }

    @Override
    public void close() {
        node.close();
        backend.close();
        database.close();
    }
}

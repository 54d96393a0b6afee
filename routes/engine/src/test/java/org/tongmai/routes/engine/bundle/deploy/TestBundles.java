package org.tongmai.routes.engine.bundle.deploy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;

/** Small bundles whose versions are told apart by what they transform to, for example {@code fhir:one}. */
final class TestBundles {
    static final String ID = "ward-feed";
    static final String RECEIVE = ID + ".receive";

    private final Map<String, String> files = new TreeMap<>();
    private final String id;

    private TestBundles(String id) {
        this.id = id;
    }

    /** A bundle that receives on port 7. */
    static TestBundles of(String version, String toType) {
        return of(ID, version, toType);
    }

    static TestBundles of(String id, String version, String toType) {
        TestBundles bundle = new TestBundles(id);
        bundle.files.put("README.md", "# " + id);
        bundle.files.put(
                "route-bundle.json",
                "{\"id\":\"%s\",\"version\":\"%s\",\"title\":\"Ward feed\",\"description\":\"d\"}"
                        .formatted(id, version));
        bundle.files.put(
                "config.schema.json",
                """
                {"properties":{"a.port":{"title":"t","description":"d","type":"integer","default":7}}}""");
        bundle.files.put(
                "receive.camel.yaml",
                """
                - route:
                    id: %s.receive
                    description: Takes messages of a ward.
                    from:
                      uri: kamelet:hl7-mllp-source
                      parameters:
                        port: "{{a.port}}"
                      steps:
                        - transformDataType:
                            fromType: hl7v2:message
                            toType: %s
                        - to:
                            uri: kamelet:canonical-publish-sink
                """
                        .formatted(id, toType));
        return bundle;
    }

    TestBundles onPort(int port) {
        files.put("application.properties", "a.port=" + port);
        return this;
    }

    TestBundles manifest(String more) {
        files.computeIfPresent("route-bundle.json", (name, json) -> json.replace("}", "," + more + "}"));
        return this;
    }

    TestBundles replacing(String text, String with) {
        files.computeIfPresent("receive.camel.yaml", (name, yaml) -> yaml.replace(text, with));
        return this;
    }

    /** The platform has to say the port. */
    TestBundles withoutDefault() {
        files.computeIfPresent("config.schema.json", (name, json) -> json.replace(",\"default\":7", ""));
        return this;
    }

    /** Has a setting that is a password. */
    TestBundles withPassword(String key) {
        String declared =
                ",\"%s\":{\"title\":\"t\",\"description\":\"d\",\"type\":\"string\",\"format\":\"password\"}}}";
        files.computeIfPresent(
                "config.schema.json", (name, json) -> json.trim().replaceFirst("}}$", declared.formatted(key)));
        return this;
    }

    /** Also delivers what it gets, as it came. */
    TestBundles delivering(int lanes) {
        return delivering(Integer.toString(lanes));
    }

    /** As {@link #delivering(int)}, with lanes as they are written, perhaps a setting. */
    TestBundles delivering(String lanes) {
        files.put(
                "deliver.camel.yaml",
                """
                - route:
                    id: %s.deliver
                    description: Hands on what came in.
                    from:
                      uri: kamelet:canonical-subscribe-source
                      parameters:
                        topic: patient-administration
                        payload: original
                        format: hl7v2:message
                        lanes: "%s"
                      steps:
                        - to:
                            uri: kamelet:hl7-mllp-sink
                """
                        .formatted(id, lanes));
        return this;
    }

    /** Its deliveries hang on their way. */
    TestBundles hanging() {
        String step = "        - transformDataType:\n            toType: fhir:hang\n        - to:";
        files.computeIfPresent("deliver.camel.yaml", (name, yaml) -> yaml.replace("        - to:", step));
        return this;
    }

    SignedArchive unsigned() {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return new SignedArchive(BundleArchive.of(id, bytes), Optional.empty());
    }

    String digest() {
        return unsigned().archive().digest();
    }

    Map<String, String> files() {
        return files;
    }
}

package org.tongmai.routes.engine.bundle.archive;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Files of a small bundle, for tests that pack them well and badly. */
final class SampleBundle {
    private SampleBundle() {}

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("README.md", bytes("# sample"));
        files.put("route-bundle.json", bytes("{\"id\":\"sample\",\"version\":\"1.2.3\"}"));
        files.put("receive.camel.yaml", bytes("- route: {}\n"));
        files.put("test/入院.hl7", bytes("MSH|^~\\&|"));
        return files;
    }

    static BundleArchive archive() {
        return BundleArchive.of("sample", files());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

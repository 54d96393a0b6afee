package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Delivery;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Handed;
import org.tongmai.standards.canonical.BundleJson;

/** What came out of a case, as the golden files it would be written to: content by the rest of their names. */
public final class GoldenOutput {
    public static final String ACKNOWLEDGEMENT = "ack.hl7";
    public static final String CANONICAL = "canonical.json";
    public static final String ISSUES = "issues.json";
    private static final String[] DELIVERING = {"deliver-to-", "deliver-"};

    private GoldenOutput() {}

    public static SortedMap<String, byte[]> of(SandboxRun run) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (run.answer().length > 0) {
            files.put(ACKNOWLEDGEMENT, inUtf8(run));
        }
        run.published().ifPresent(bundle -> files.put(CANONICAL, JsonContent.write(BundleJson.of(bundle))));
        if (!run.issues().isEmpty()) {
            files.put(ISSUES, JsonContent.write(BundleJson.issues(run.issues())));
        }
        for (Delivery delivery : run.deliveries()) {
            for (int i = 0; i < delivery.handed().size(); i++) {
                Handed handed = delivery.handed().get(i);
                String number = i == 0 ? "" : "." + (i + 1);
                files.put(destination(delivery.route()) + number + "." + ending(handed), handed.content());
            }
            if (!delivery.failure().isEmpty()) {
                String name = destination(delivery.route()) + "." + ISSUES;
                files.put(name, JsonContent.write(BundleJson.issues(delivery.failure())));
            }
        }
        return files;
    }

    /** What the files of a route are called: {@code district} for {@code <bundle>.deliver-to-district}. */
    public static String destination(String route) {
        String name = route.substring(route.lastIndexOf('.') + 1);
        for (String prefix : DELIVERING) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    /** Golden files are UTF-8, whatever the sender speaks. */
    private static byte[] inUtf8(SandboxRun run) {
        return run.received()
                .map(received -> new String(run.answer(), received.charset()).getBytes(StandardCharsets.UTF_8))
                .orElse(run.answer());
    }

    /** What kind of text it is, by what it looks like: json, hl7, xml, csv or txt. */
    public static String ending(Handed handed) {
        byte[] content = handed.content();
        char first = content.length == 0 ? ' ' : (char) content[0];
        if (first == '{' || first == '[') {
            return "json";
        }
        if (content.length > 3 && new String(content, 0, 3, StandardCharsets.ISO_8859_1).equals("MSH")) {
            return "hl7";
        }
        return first == '<' ? "xml" : handed.fileName().endsWith(".csv") ? "csv" : "txt";
    }
}

package org.tongmai.routes.engine.bundle.sandbox.diff.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Delivery;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Handed;
import org.tongmai.routes.engine.bundle.sandbox.internal.GoldenOutput;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.table.CsvTable;

/** The fields of everything that came out of a run: by output and field, with every value it has there, in order. */
final class Outputs {
    /** An acknowledgement's own time and number differ each time. */
    private static final Set<String> VARYING = Set.of("MSH-7", "MSH-10");

    /** What may be shown as the name of a field; anything else in its place is content. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9_ .-]*");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Place, List<String>> values = new TreeMap<>();

    /** Where a value is. */
    record Place(String output, String field) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int outputs = output.compareTo(other.output);
            return outputs != 0 ? outputs : field.compareTo(other.field);
        }
    }

    static Map<Place, List<String>> of(SandboxRun run) {
        Outputs outputs = new Outputs();
        outputs.add("outcome", "disposition", run.outcome().disposition().name());
        run.issues().forEach(issue -> outputs.add("issues", issue.code().code(), issue.location()));
        outputs.segments("ack", run.answer(), VARYING);
        run.published().ifPresent(outputs::canonical);
        for (Delivery delivery : run.deliveries()) {
            String name = GoldenOutput.destination(delivery.route());
            delivery.failure().forEach(issue -> outputs.add(name, issue.code().code(), issue.location()));
            delivery.handed().forEach(handed -> outputs.handed(name, handed));
        }
        return outputs.values;
    }

    private void add(String output, String field, String value) {
        values.computeIfAbsent(new Place(output, field), place -> new ArrayList<>(1))
                .add(value);
    }

    private void canonical(CanonicalBundle bundle) {
        add("canonical", "topic", bundle.topic());
        for (CanonicalResource resource : bundle.resources()) {
            tree("canonical", resource.type(), resource.content());
        }
    }

    private void tree(String output, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> tree(
                            output, path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            node.forEach(item -> tree(output, path, item));
        } else {
            add(output, path, node.asText());
        }
    }

    private void handed(String output, Handed handed) {
        byte[] content = handed.content();
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.startsWith("{") || text.startsWith("[")) {
            json(output, text);
        } else if (text.startsWith("MSH")) {
            segments(output, content, Set.of());
        } else if (GoldenOutput.ending(handed).equals("csv") && text.lines().count() > 1) {
            table(output, text);
        } else {
            add(output, "content", text);
        }
    }

    private void json(String output, String text) {
        try {
            tree(output, "", JSON.readTree(text));
        } catch (IOException e) {
            add(output, "content", text); // it only looked like JSON
        }
    }

    private void segments(String output, byte[] message, Set<String> without) {
        for (String segment : new String(message, StandardCharsets.UTF_8).split("[\r\n]+")) {
            String name = segment.length() < 4 ? "" : segment.substring(0, 3);
            if (!SEGMENT.matcher(name).matches()) {
                add(output, "content", segment); // the rest of a text that was broken into lines
                continue;
            }
            String[] fields = segment.split(Pattern.quote(segment.substring(3, 4)), -1);
            for (int i = 1; i < fields.length; i++) {
                String field = name + "-" + (name.equals("MSH") ? i + 1 : i);
                if (!without.contains(field) && !fields[i].isEmpty()) {
                    add(output, field, fields[i]);
                }
            }
        }
    }

    private void table(String output, String text) {
        CsvTable table = CsvTable.read(output, text);
        List<String> header = table.header();
        add(output, "header", String.join(",", header));
        for (CsvTable.Row row : table.rows()) {
            for (int i = 0; i < row.cells().size(); i++) {
                boolean named =
                        i < header.size() && COLUMN.matcher(header.get(i)).matches();
                add(output, named ? header.get(i) : "column " + (i + 1), row.cell(i));
            }
        }
    }
}

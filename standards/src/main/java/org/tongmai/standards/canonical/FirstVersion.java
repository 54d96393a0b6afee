package org.tongmai.standards.canonical;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.table.CsvTable;

/**
 * What a resource must have from its first version on and may not be sent ({@code profiles/first-version.csv}): a result
 * names a visit without its state, and FHIR R4 demands {@code Encounter.status}. A later message that says it replaces
 * it; a later one that does not say leaves what is stored.
 */
public final class FirstVersion {
    private static final String TABLE = "/org/tongmai/standards/profiles/first-version.csv";
    private static final Map<String, List<Element>> BY_TYPE = read();

    /** What is written where neither the element is there nor what may stand for it. */
    private record Element(String name, List<String> others, JsonNode value) {
        private boolean in(ObjectNode content) {
            return content.hasNonNull(name) || others.stream().anyMatch(content::hasNonNull);
        }
    }

    private FirstVersion() {}

    /** The content to store first: the same object where nothing is missing. */
    public static ObjectNode of(String type, ObjectNode content) {
        if (BY_TYPE.getOrDefault(type, List.of()).stream().allMatch(element -> element.in(content))) {
            return content;
        }
        ObjectNode complete = content.deepCopy();
        complete(type, complete);
        return complete;
    }

    /** Writes what is missing into the content itself. */
    public static void complete(String type, ObjectNode content) {
        for (Element element : BY_TYPE.getOrDefault(type, List.of())) {
            if (!element.in(content)) {
                content.set(element.name(), element.value().deepCopy());
            }
        }
    }

    private static Map<String, List<Element>> read() {
        Map<String, List<Element>> byType = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        try (InputStream in = FirstVersion.class.getResourceAsStream(TABLE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (CsvTable.Row row : CsvTable.read(TABLE, text).rows()) {
                byType.computeIfAbsent(row.cell(0), type -> new ArrayList<>())
                        .add(new Element(row.cell(1), List.of(row.cell(2).split("\\|")), json.readTree(row.cell(3))));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(TABLE + " holds a value that is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a packaged table could not be read", e);
        }
        return byType;
    }
}

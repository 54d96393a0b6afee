package org.tongmai.routes.engine.gateway.screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tongmai.standards.table.CsvTable;

/** The payloads and the harmless values of the test resources. */
final class Samples {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9]+)}");

    /** One payload of {@code attacks.csv}. */
    record Attack(Defence defence, String context, String payload) {}

    private Samples() {}

    static List<Attack> attacks() {
        return rows("attacks.csv")
                .map(row -> new Attack(
                        Defence.valueOf(row.cell(0).toUpperCase(java.util.Locale.ROOT)), row.cell(1), row.cell(2)))
                .toList();
    }

    /** Values written by hand. */
    static List<String> harmless() {
        return rows("benign-values.csv").map(row -> row.cell(0)).toList();
    }

    /** Sentences made of templates and words, every one different. */
    static Set<String> sentences(int count) {
        List<String> templates =
                rows("benign-sentences.csv").map(row -> row.cell(0)).toList();
        Map<String, List<String>> words = new LinkedHashMap<>();
        rows("benign-words.csv")
                .forEach(row -> words.put(row.cell(0), List.of(row.cell(1).split("\\|"))));
        Set<String> sentences = new LinkedHashSet<>();
        for (int i = 0; sentences.size() < count; i++) {
            sentences.add(fill(templates.get(i % templates.size()), words, i / templates.size() * 31 + i));
        }
        return sentences;
    }

    private static String fill(String template, Map<String, List<String>> words, int seed) {
        Matcher slot = SLOT.matcher(template);
        StringBuilder text = new StringBuilder();
        int number = seed;
        while (slot.find()) {
            number = number * 7 + 13;
            List<String> choice = words.get(slot.group(1));
            String word = choice == null
                    ? String.valueOf(1 + Math.floorMod(number, 97))
                    : choice.get(Math.floorMod(number / 3, choice.size()));
            slot.appendReplacement(text, Matcher.quoteReplacement(word));
        }
        return slot.appendTail(text).toString().replace("{{", "{").replace("}}", "}");
    }

    private static Stream<CsvTable.Row> rows(String file) {
        try (InputStream in = Samples.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ArrayList<>(CsvTable.read(file, text).rows()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}

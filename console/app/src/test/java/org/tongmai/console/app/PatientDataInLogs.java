package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks in logs for every name, identifier, address, telephone and birth date of messages that were sent: whole words,
 * upper and lower case alike. Which fields hold them is a table ({@code patient-data/fields.csv}); which words of theirs
 * are words of logs too, and why, is another ({@code patient-data/words-of-logs.csv}).
 */
final class PatientDataInLogs {
    /** Numbers below this length can not be told from ports, process numbers and counts. */
    private static final int SHORTEST_NUMBER = 6;

    private static final Map<String, int[]> FIELDS = fields();
    private static final Set<String> WORDS_OF_LOGS = excluded();

    private final Set<String> values = new TreeSet<>();
    private final Set<String> excluded = new TreeSet<>();

    PatientDataInLogs(List<byte[]> messages) {
        for (byte[] message : messages) {
            // Both readings: a leak of mis-read text is a leak too.
            collect(new String(message, StandardCharsets.UTF_8));
            collect(new String(message, Charset.forName("GB18030")));
        }
    }

    private void collect(String text) {
        char separator = '|';
        for (String line : text.split("[\r\n]+")) {
            if (line.startsWith("MSH") && line.length() > 3) {
                separator = line.charAt(3);
            }
            String[] fields = line.split(java.util.regex.Pattern.quote(String.valueOf(separator)), -1);
            for (int number : FIELDS.getOrDefault(fields[0], new int[0])) {
                if (number < fields.length) {
                    add(fields[number]);
                }
            }
        }
    }

    private void add(String field) {
        for (String component : field.split("[~^&]")) {
            String value = component.strip().toLowerCase(Locale.ROOT);
            boolean number = value.matches("[0-9 .:+-]*");
            boolean telling = number
                    ? value.replaceAll("\\D", "").length() >= SHORTEST_NUMBER
                    : value.codePoints().anyMatch(Character::isIdeographic) || lettersOf(value) >= 2;
            if (WORDS_OF_LOGS.contains(value)) {
                excluded.add(value);
            } else if (telling && !isCodeOfAType(value)) {
                values.add(value);
            }
        }
    }

    /** An assigner's OID or UUID, which components of identifiers and names carry, belongs to nobody. */
    private static boolean isCodeOfAType(String value) {
        return value.matches("[12](\\.\\d+){3,}|\"\"");
    }

    /** Initials are in every log: they can not be told from the ends and beginnings of names of classes. */
    private static long lettersOf(String value) {
        return value.codePoints().filter(Character::isLetterOrDigit).count();
    }

    Set<String> values() {
        return values;
    }

    /** Words that are excluded and that no message has: rows that may go. */
    Set<String> needlesslyExcluded() {
        Set<String> needless = new TreeSet<>(WORDS_OF_LOGS);
        needless.removeAll(excluded);
        return needless;
    }

    void assertNoneIn(Path... places) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path log : logs(places)) {
            for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
                String lower = line.toLowerCase(Locale.ROOT);
                values.stream().filter(value -> holds(lower, value)).forEach(value -> found.put(value, line));
            }
        }
        assertThat(found).as("patient data in logs").isEmpty();
    }

    /** As a word of its own; in Chinese, where words are not set apart, anywhere. */
    private static boolean holds(String line, String value) {
        for (int at = line.indexOf(value); at >= 0; at = line.indexOf(value, at + 1)) {
            if (borders(line, at - 1, value.codePointAt(0))
                    && borders(line, at + value.length(), value.codePointBefore(value.length()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean borders(String line, int at, int edge) {
        return at < 0
                || at >= line.length()
                || Character.isIdeographic(edge)
                || !Character.isLetterOrDigit(edge)
                || !Character.isLetterOrDigit(line.charAt(at));
    }

    private static List<Path> logs(Path... places) throws IOException {
        List<Path> logs = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                files.filter(Files::isRegularFile).forEach(logs::add);
            }
        }
        assertThat(logs).as("logs").isNotEmpty();
        return logs;
    }

    private static Map<String, int[]> fields() {
        Map<String, List<String>> numbers = new HashMap<>();
        for (String[] row : rows("fields.csv")) {
            numbers.computeIfAbsent(row[0], segment -> new ArrayList<>()).addAll(List.of(row[2].split(" ")));
        }
        Map<String, int[]> fields = new HashMap<>();
        numbers.forEach((segment, all) ->
                fields.put(segment, all.stream().mapToInt(Integer::parseInt).toArray()));
        return fields;
    }

    private static Set<String> excluded() {
        Set<String> words = new TreeSet<>();
        rows("words-of-logs.csv").forEach(row -> words.addAll(List.of(row[0].split(" "))));
        return words;
    }

    private static List<String[]> rows(String table) {
        try (InputStream in = PatientDataInLogs.class.getResourceAsStream("/patient-data/" + table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(";"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks in logs for names, identifiers, addresses, telephone and birth dates of messages that were sent. */
final class PatientDataInLogs {
    private static final Set<String> SEGMENTS = Set.of("PID", "NK1", "MRG", "GT1", "IN1", "IN2");
    private static final int[] PID_FIELDS = {2, 3, 4, 5, 6, 9, 11, 13, 14, 18, 19, 20, 21};
    private static final int SHORTEST = 5;

    private final Set<String> values = new TreeSet<>();

    PatientDataInLogs(List<CorpusFiles.Message> messages) {
        for (CorpusFiles.Message message : messages) {
            // Both readings: a leak of mis-read text is a leak too.
            collect(new String(message.bytes(), StandardCharsets.UTF_8));
            collect(new String(message.bytes(), java.nio.charset.Charset.forName("GB18030")));
        }
    }

    private void collect(String text) {
        for (String line : text.split("[\r\n]+")) {
            String[] fields = line.split("\\|", -1);
            if (fields[0].equals("PID")) {
                for (int number : PID_FIELDS) {
                    if (number < fields.length) {
                        add(fields[number]);
                    }
                }
            } else if (SEGMENTS.contains(fields[0]) && fields.length > 5) {
                add(fields[2]);
                add(fields[5]);
            }
        }
    }

    private void add(String field) {
        for (String part : field.split("[~^&]")) {
            boolean chinese = part.codePoints().anyMatch(Character::isIdeographic);
            // Short or common words (a city, "Unknown") are in any log; whole values of some length are not.
            if (part.length() >= SHORTEST && isTelling(part) || chinese && part.length() >= 2) {
                values.add(part);
            }
        }
    }

    private static boolean isTelling(String part) {
        return part.chars().filter(Character::isDigit).count() >= SHORTEST && !part.matches("[12]\\.\\d+(\\.\\d+)+")
                || part.contains(" ");
    }

    void assertNoneIn(Path... places) throws IOException {
        assertThat(values).as("values to look for").hasSizeGreaterThan(100);
        for (Path log : logs(places)) {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            List<String> found = values.stream().filter(text::contains).toList();
            assertThat(found).as("patient data in " + log.getFileName()).isEmpty();
        }
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
}

package org.tongmai.standards.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.standards.error.CodedException;

/** Each folder of {@code bad-tables} holds tables and, in {@code expected.txt}, every place that is refused. */
class BadTablesTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/tongmai/standards/terminology/bad-tables")
            .toAbsolutePath();

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_bad_table_is_refused_with_file_and_line_and_all_at_once(String name) throws IOException {
        Map<String, String> files = files(FOLDER.resolve(name));
        List<String> expected = files.remove("expected.txt").lines().toList();
        CodedException refusal = catchThrowableOfType(CodedException.class, () -> Terminology.load(files));
        assertThat(refusal).isNotNull();
        assertThat(refusal.issues())
                .extracting(issue -> issue.code().code() + " " + issue.location())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }
}

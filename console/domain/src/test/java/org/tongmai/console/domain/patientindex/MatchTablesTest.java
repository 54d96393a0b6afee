package org.tongmai.console.domain.patientindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tongmai.standards.error.CodedException;

/** Tables that are not as they must be do not load. */
class MatchTablesTest {
    @Test
    void the_tables_that_ship_load() {
        assertThat(MatchTables.load()).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "bad-tables.csv", delimiter = ';')
    void a_bad_table_is_refused_with_file_and_line(String name, String file, String from, String to, String place) {
        String bad = text(file).replace(from, to == null ? "" : to.replace("\\n", "\n"));
        assertThat(bad).as("the case changes something").isNotEqualTo(text(file));

        assertThatThrownBy(() -> load(Map.of(file, bad))).isInstanceOfSatisfying(CodedException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(PatientIndexError.BAD_TABLE);
            assertThat(refusal.issues()).anyMatch(issue -> issue.location().equals(place));
        });
    }

    @Test
    void all_violations_are_told_at_once() {
        String rules = text("rules.csv").replace(",certain,", ",sure,");
        String keys = text("keys.csv").replace(",phone,", ",shoe,");

        assertThatThrownBy(() -> load(Map.of("rules.csv", rules, "keys.csv", keys)))
                .isInstanceOfSatisfying(CodedException.class, refusal -> assertThat(refusal.issues())
                        .hasSize(4));
    }

    private static MatchTables load(Map<String, String> changed) {
        return MatchTables.from(name -> changed.containsKey(name) ? changed.get(name) : text(name));
    }

    private static String text(String name) {
        try (InputStream in = MatchTables.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

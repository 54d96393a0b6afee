package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search of the logs finds what it is to find. */
class PatientDataInLogsTest {
    private static final String MESSAGE = String.join(
            "\r",
            "MSH|^~\\&|HIS|H|T|C|20260101||ADT^A01|C1|P|2.5",
            "PID|1||00478213^^^H^MR||Smith^Wu^^^^^L~欧阳^丹||19800102|M|||12 Elm St^^Springfield||(555)777-0199",
            "PV1|1|I|W1||||D77^Adams^Zoe");

    @TempDir
    private Path folder;

    private PatientDataInLogs search() {
        return new PatientDataInLogs(List.of(MESSAGE.getBytes(StandardCharsets.UTF_8)));
    }

    private Path log(String line) throws Exception {
        return Files.writeString(folder.resolve("x.log"), "12:00:00 WARN " + line + "\n", StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no room for Smith",
                "SMITH,",
                "name=wu)",
                "of 欧阳",
                "丹",
                "patient 00478213.",
                "lives in Springfield",
                "12 elm st",
                "born 19800102",
                "call (555)777-0199",
                "by Adams",
                "(Zoe)",
                "D77"
            })
    void a_name_a_number_or_a_place_is_found(String line) throws Exception {
        Path log = log(line);
        assertThatThrownBy(() -> search().assertNoneIn(log)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Smithsonian", "9100478213", "Wuhan", "D771", "nothing at all"})
    void what_only_looks_like_one_is_not(String line) throws Exception {
        Path log = log(line);
        assertThatCode(() -> search().assertNoneIn(log)).doesNotThrowAnyException();
    }

    @Test
    void assigners_and_empty_values_are_nobodys() {
        assertThat(new PatientDataInLogs(List.of("PID|1||\"\"^^^&1.2.3.4.5&ISO".getBytes(StandardCharsets.UTF_8)))
                        .values())
                .containsExactly("iso");
    }
}

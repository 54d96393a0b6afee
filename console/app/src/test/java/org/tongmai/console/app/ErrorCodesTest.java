package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.ErrorCode;

/** Every code once, every code documented, nothing documented that is not there. */
class ErrorCodesTest {
    private static final List<ErrorCode> CODES = codes();

    @Test
    void every_code_is_of_the_form_tm_module_number_and_unique() {
        assertThat(CODES).isNotEmpty();
        assertThat(CODES).allMatch(code -> code.code().matches("TM-[A-Z0-9]+-[0-9]{4}"), "TM-<MODULE>-<nnnn>");
        assertThat(CODES).extracting(ErrorCode::code).doesNotHaveDuplicates();
    }

    @Test
    void a_module_has_one_enum_of_codes() {
        Map<String, Class<?>> enums = new TreeMap<>();
        for (ErrorCode code : CODES) {
            String module = code.code().split("-")[1];
            Class<?> other = enums.putIfAbsent(module, code.getClass());
            assertThat(other == null || other == code.getClass())
                    .as("enums of " + module)
                    .isTrue();
        }
    }

    @Test
    void docs_errors_md_has_exactly_these_codes_in_order() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyElementsOf(
                        CODES.stream().map(ErrorCode::code).sorted().toList());
        assertThat(documentedCodes()).isSorted();
    }

    @Test
    void docs_errors_md_says_of_each_what_the_code_says() throws IOException {
        Map<String, String[]> rows = rows();
        List<String> wrong = new ArrayList<>();
        for (ErrorCode code : CODES) {
            String[] cells = rows.get(code.code());
            if (cells == null
                    || !cells[2].equals(code.summary())
                    || !cells[3].equals(code.retryable() ? "yes" : "no")) {
                wrong.add(
                        "| " + code.code() + " | " + code.summary() + " | " + (code.retryable() ? "yes" : "no") + " |");
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Map<String, String[]> rows() throws IOException {
        Map<String, String[]> rows = new TreeMap<>();
        for (String line : Files.readAllLines(SourceTree.root().resolve("docs/errors.md"))) {
            if (line.startsWith("| TM-")) {
                String[] cells =
                        Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
                rows.put(cells[1], cells);
            }
        }
        return rows;
    }

    private static List<String> documentedCodes() throws IOException {
        return Files.readAllLines(SourceTree.root().resolve("docs/errors.md")).stream()
                .filter(line -> line.startsWith("| TM-"))
                .map(line -> line.split("\\|")[1].strip())
                .toList();
    }

    private static List<ErrorCode> codes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.tongmai").stream()
                        .filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
                        .map(JavaClass::reflect)
                        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
                        .map(ErrorCode.class::cast)
                        .toList();
    }
}

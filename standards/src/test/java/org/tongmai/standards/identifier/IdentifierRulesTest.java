package org.tongmai.standards.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

class IdentifierRulesTest {
    private static final IdentifierSystems SYSTEMS = IdentifierSystems.load();

    static Stream<Arguments> numbers() throws IOException {
        try (InputStream in = IdentifierRulesTest.class.getResourceAsStream("numbers.csv")) {
            CsvTable table = CsvTable.read("numbers.csv", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return table.rows().stream()
                    .map(row -> Arguments.of(row.cell(0), row.cell(1), row.cell(2), row.cell(3)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("numbers")
    void a_number_is_one_of_its_kind_or_has_the_fault_of_its_row(String name, String value, String fault, String why) {
        Optional<Issue> found = named(name).rule().check(value);
        assertThat(found.map(issue -> issue.code().code()).orElse("")).isEqualTo(fault);
        found.ifPresent(issue -> {
            assertThat(issue.detail()).matches("(?s).*(found|expected).*");
            assertThat(issue.text())
                    .doesNotContain(value.length() > 5 && !value.equals(LicenceIdentifier.ROOT) ? value : "\0");
        });
    }

    @Test
    void every_changed_digit_of_an_identity_number_is_noticed() {
        String number = "310101199003071230";
        IdentifierRule rule = new IdentityNumber();
        for (int i = 0; i < 18; i++) {
            for (char c = '0'; c <= '9'; c++) {
                String changed = number.substring(0, i) + c + number.substring(i + 1);
                assertThat(rule.check(changed).isEmpty())
                        .as("position " + (i + 1))
                        .isEqualTo(changed.equals(number));
            }
        }
    }

    @Test
    void an_identity_number_tells_the_date_of_birth() {
        assertThat(IdentityNumber.birthDate("11010519491231002X")).contains(LocalDate.of(1949, 12, 31));
        assertThat(IdentityNumber.birthDate("310101900307123")).contains(LocalDate.of(1990, 3, 7));
        assertThat(IdentityNumber.birthDate("310101199013071230")).isEmpty();
        assertThat(IdentityNumber.birthDate("")).isEmpty();
    }

    @Test
    void a_system_without_a_row_is_not_judged() {
        assertThat(SYSTEMS.check("urn:oid:1.2.3", "x")).isEmpty();
        assertThat(SYSTEMS.check("urn:oid:2.16.156.10011.1.3", "x")).isPresent();
    }

    @Test
    void a_bad_table_is_refused_with_file_and_line() {
        String table = "system,name,display,display_en,rule,source\n"
                + "urn:oid:1.2.3,a,甲,A,,book\n"
                + "urn:oid:1.2.3,b,乙,B,,book\n"
                + "urn:oid:1.2.4,c,丙,C,nonsense,book\n"
                + "urn:oid:1.2.5,d,丁,D,,\n"
                + "1.2.6,e,戊,E,,book\n"
                + "urn:oid:1.2.7,f,己\n";
        assertThatThrownBy(() -> IdentifierSystems.load("t.csv", table))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.issues())
                        .extracting(Issue::location)
                        .containsExactly("t.csv:3", "t.csv:4", "t.csv:5", "t.csv:6", "t.csv:7"));
        assertThatThrownBy(() -> IdentifierSystems.load("t.csv", "a,b\n")).isInstanceOf(CodedException.class);
    }

    private static IdentifierSystem named(String name) {
        List<IdentifierSystem> found = SYSTEMS.all().stream()
                .filter(system -> system.name().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }
}

package org.tongmai.console.domain.patientindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tongmai.console.domain.patientindex.internal.KeyMaker;
import org.tongmai.console.domain.patientindex.internal.RecordMatcher;
import org.tongmai.console.domain.patientindex.internal.TraitsReader;
import org.tongmai.standards.patientindex.Evidence;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientTraits;

/** Pairs of records and what the tables say of them. */
class MatchingTest {
    private static final MatchTables TABLES = MatchTables.load();
    private static final TraitsReader READER = new TraitsReader(TABLES.policy(), TABLES.han());
    private static final RecordMatcher MATCHER = new RecordMatcher(TABLES.policy(), TABLES.han());
    private static final KeyMaker KEYS = new KeyMaker(TABLES.policy(), TABLES.han());

    @TestFactory
    Stream<DynamicTest> every_pair_is_judged_as_the_file_says() throws IOException {
        return pairs().map(pair -> dynamicTest(pair[0], () -> {
            MatchVerdict verdict = MATCHER.compare(traits(pair[1]), traits(pair[2]));

            assertThat(verdict.grade().name()).isEqualToIgnoringCase(pair[3]);
            assertThat(decidedBy(verdict)).contains(pair[4]);
            assertThat(MATCHER.compare(traits(pair[2]), traits(pair[1])))
                    .as("the other way round")
                    .isEqualTo(verdict);
        }));
    }

    @TestFactory
    Stream<DynamicTest> whoever_may_be_one_person_meets_under_a_key() throws IOException {
        return pairs().filter(pair -> !pair[3].equals("none"))
                .map(pair -> dynamicTest(pair[0], () -> {
                    Set<Long> ours = new HashSet<>(KEYS.keys(traits(pair[1])));

                    assertThat(Collections.disjoint(ours, KEYS.keys(traits(pair[2]))))
                            .isFalse();
                }));
    }

    @Test
    void a_verdict_explains_itself_field_by_field_without_a_value() {
        MatchVerdict verdict =
                MATCHER.compare(traits("张/伟明|1990-03-07|male|13912345678"), traits("张/伟明|1990-07-03|male|13912345678"));

        assertThat(verdict.evidence())
                .extracting(Evidence::field, Evidence::level)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("name", "same"),
                        org.assertj.core.groups.Tuple.tuple("birthDate", "transposed"),
                        org.assertj.core.groups.Tuple.tuple("gender", "same"),
                        org.assertj.core.groups.Tuple.tuple("phone", "same"));
        double sum = verdict.evidence().stream().mapToDouble(Evidence::weight).sum();
        assertThat(verdict.score()).isCloseTo(sum - 20, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(verdict.toString())
                .doesNotContain("张")
                .doesNotContain("1990")
                .doesNotContain("139");
    }

    @Test
    void traits_print_nothing_of_anybody() {
        assertThat(List.of(traits("张/伟明|1990-03-07|male|13912345678||310101199003071230"))
                        .toString())
                .isEqualTo("[PatientTraits]");
    }

    private static List<String> decidedBy(MatchVerdict verdict) {
        return Stream.concat(
                        Stream.of(verdict.rule()),
                        verdict.evidence().stream()
                                .filter(each -> each.field().equals("limit"))
                                .map(Evidence::level))
                .toList();
    }

    private static PatientTraits traits(String line) {
        return READER.read(Patients.of("p", line));
    }

    private static Stream<String[]> pairs() throws IOException {
        try (InputStream in = MatchingTest.class.getResourceAsStream("pairs.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(line -> line.split("; ?")).toList().stream();
        }
    }
}

package org.tongmai.console.domain.patientindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.patientindex.PostgresPatientIndexStore;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.Guardianship.Kind;
import org.tongmai.standards.patientindex.Guardianships.Appointment;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations.Question;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

/** Who is who and who looks after whom, on a real PostgreSQL. */
class PersonRelationIT {
    private static final String IDENTITY_NUMBER = "urn:oid:2.16.156.10011.1.3";
    private static final String INSURANCE = "urn:oid:2.16.156.10011.1.15";
    private static final String MOTHER = "11010519491231002X";
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");

    private static IndexFixture fixture;

    private final PersonRelationService today = on(Instant.parse("2026-11-27T00:00:00Z"));

    @BeforeAll
    static void open() {
        fixture = new IndexFixture();
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    @BeforeEach
    void family() throws Exception {
        fixture.clear();
        // name|birth date|gender|telephone|address|identity number|insurance card
        fixture.send("m-1", "王芳|1949-12-31|female|13912345678|健康路1号|" + MOTHER + "|Y1");
        fixture.send("m-2", "王芳|1949-12-31|female|13912345678||" + MOTHER + "|");
        fixture.send("c-1", "李小宝|2015-03-07|male|13912345678|健康路1号||Y1");
        fixture.send("s-1", "赵六|1990-03-07|male|13800138001|和平路9号||Y9");
    }

    @Test
    void identifiers_of_one_person_are_the_same_and_of_others_nothing() {
        assertThat(relation(MOTHER, "m-2")).isEqualTo(Relation.SAME);
        assertThat(relation(MOTHER, fixture.person("m-1"))).isEqualTo(Relation.SAME);
        assertThat(relation(MOTHER, "s-1")).isEqualTo(Relation.NONE);
        assertThat(relation(MOTHER, "nobody")).isEqualTo(Relation.NONE);
        assertThat(relation("110101199003071000", "m-1")).isEqualTo(Relation.NONE);
        assertThat(today.relate(List.of(new Question(number(MOTHER.toLowerCase()), number(MOTHER))))
                        .values())
                .containsExactly(Relation.SAME);
        Question unknown = new Question(number(MOTHER), new PersonIdentifier("urn:other", MOTHER));
        assertThat(today.relate(List.of(unknown))).containsEntry(unknown, Relation.NONE);
    }

    @Test
    void a_card_that_a_family_shares_is_nobody_s_alone() {
        Question card = new Question(number(MOTHER), new PersonIdentifier(INSURANCE, "Y1"));
        assertThat(today.relate(List.of(card))).containsEntry(card, Relation.NONE);

        today.record(appointment(Kind.MINOR, null), by("birth certificate"));

        assertThat(today.relate(List.of(card))).containsEntry(card, Relation.GUARDIAN);
        Question holder = new Question(new PersonIdentifier(INSURANCE, "Y1"), patient("m-1"));
        assertThat(today.relate(List.of(holder))).containsEntry(holder, Relation.NONE);
    }

    @Test
    void a_guardian_is_one_from_the_first_day_until_it_ends_and_never_the_other_way() {
        assertThat(relation(MOTHER, "c-1")).isEqualTo(Relation.NONE);
        Guardianship recorded = today.record(appointment(Kind.MINOR, null), by("birth certificate"));

        assertThat(relation(MOTHER, "c-1")).isEqualTo(Relation.GUARDIAN);
        Question back = new Question(patient("c-1"), patient("m-1"));
        assertThat(today.relate(List.of(back))).containsEntry(back, Relation.NONE);
        assertThat(recorded.until()).isEqualTo(LocalDate.of(2033, 3, 7));
        assertThat(relation(on(Instant.parse("2033-03-06T12:00:00Z")), MOTHER, "c-1"))
                .isEqualTo(Relation.GUARDIAN);
        assertThat(relation(on(Instant.parse("2033-03-06T16:00:00Z")), MOTHER, "c-1"))
                .isEqualTo(Relation.NONE);
        assertThat(relation(on(Instant.parse("2026-11-26T12:00:00Z")), MOTHER, "c-1"))
                .isEqualTo(Relation.NONE);

        Guardianship ended = today.end(recorded.number(), by("court order"));

        assertThat(relation(MOTHER, "c-1")).isEqualTo(Relation.NONE);
        assertThat(ended.ended().by()).isEqualTo("clerk");
        assertThat(today.of("c-1")).containsExactly(ended);
        assertThat(today.of("m-2")).containsExactly(ended);
        assertThat(today.of("s-1")).isEmpty();
        assertThatThrownBy(() -> today.end(recorded.number(), by("again"))).hasMessageContaining("TM-MPI-0012");
    }

    @Test
    void a_guardianship_follows_its_records_when_persons_are_merged_and_taken_apart() {
        today.record(appointment(Kind.ADULT, null), by("court order"));
        var merged = fixture.index.merge("s-1", "c-1", by("same papers"));
        assertThat(relation(MOTHER, "s-1")).isEqualTo(Relation.GUARDIAN);

        fixture.index.unmerge(merged.number(), by("a mistake"));

        assertThat(relation(MOTHER, "s-1")).isEqualTo(Relation.NONE);
        assertThat(relation(MOTHER, "c-1")).isEqualTo(Relation.GUARDIAN);
    }

    @Test
    void however_many_persons_are_asked_about_the_index_is_asked_once_for_each_step_of_a_merge() {
        String gone = fixture.person("s-1");
        fixture.index.merge("c-1", "s-1", by("same papers"));
        List<Question> questions = Stream.concat(
                        Stream.of(gone, fixture.person("c-1"), fixture.person("m-1")),
                        IntStream.range(0, 50).mapToObj(i -> Person.id(900_000 + i)))
                .map(id -> new Question(number(MOTHER), patient(id)))
                .toList();
        AtomicInteger asked = new AtomicInteger();
        PersonRelationService counted = new PersonRelationService(
                counting(new PostgresPatientIndexStore(fixture.dataSource), asked),
                MatchTables.load(),
                Clock.fixed(Instant.parse("2026-11-27T00:00:00Z"), HERE));
        counted.record(appointment(Kind.ADULT, null), by("court order"));
        asked.set(0);

        Map<Question, Relation> answers = counted.relate(questions);

        assertThat(answers.get(questions.get(0))).isEqualTo(Relation.GUARDIAN);
        assertThat(answers.get(questions.get(1))).isEqualTo(Relation.GUARDIAN);
        assertThat(answers.get(questions.get(2))).isEqualTo(Relation.SAME);
        assertThat(questions.subList(3, 53))
                .allSatisfy(each -> assertThat(answers.get(each)).isEqualTo(Relation.NONE));
        assertThat(asked).hasValue(4);
    }

    /** Counts what is asked of persons. */
    private static PatientIndexStore counting(PatientIndexStore store, AtomicInteger asked) {
        return new PatientIndexStore() {
            @Override
            public <T> T write(Function<Writing, T> work) {
                return store.write(work);
            }

            @Override
            public <T> T read(Function<Reading, T> work) {
                return store.read(reading -> work.apply((Reading) Proxy.newProxyInstance(
                        Reading.class.getClassLoader(), new Class<?>[] {Reading.class}, (proxy, method, values) -> {
                            boolean ofPersons =
                                    List.of("byPerson", "successors").contains(method.getName());
                            asked.addAndGet(ofPersons ? 1 : 0);
                            return method.invoke(reading, values);
                        })));
            }
        };
    }

    @Test
    void what_makes_no_sense_is_not_recorded() {
        refused(() -> today.record(appointment(Kind.MINOR, null), by(" ")), "TM-MPI-0009");
        refused(() -> today.record(new Appointment("m-1", "m-2", Kind.ADULT, null, null), by("x")), "TM-MPI-0008");
        refused(() -> today.record(new Appointment("m-1", "nobody", Kind.ADULT, null, null), by("x")), "TM-MPI-0002");
        refused(() -> today.record(new Appointment("c-1", "m-1", Kind.MINOR, null, null), by("x")), "TM-MPI-0013");
        refused(() -> today.record(appointment(Kind.ADULT, LocalDate.of(2020, 1, 1)), by("x")), "TM-MPI-0013");
    }

    @Test
    void a_guardianship_of_a_minor_whose_day_of_birth_is_not_known_needs_an_end() {
        fixture.send("c-1", "李小宝|2015-03|male|13912345678|健康路1号||Y1");

        refused(() -> today.record(appointment(Kind.MINOR, null), by("birth certificate")), "TM-MPI-0014");

        LocalDate end = LocalDate.of(2033, 4, 1);
        assertThat(today.record(appointment(Kind.MINOR, end), by("birth certificate"))
                        .until())
                .isEqualTo(end);
    }

    private static void refused(Runnable act, String code) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code().code()).isEqualTo(code));
    }

    private static Appointment appointment(Kind kind, LocalDate until) {
        return new Appointment("m-1", "c-1", kind, null, until);
    }

    private Relation relation(String number, String patient) {
        return relation(today, number, patient);
    }

    private static Relation relation(PersonRelationService relations, String number, String patient) {
        Question question = new Question(number(number), patient(patient));
        return relations.relate(List.of(question)).get(question);
    }

    private static PersonRelationService on(Instant now) {
        return new PersonRelationService(
                new PostgresPatientIndexStore(fixture.dataSource), MatchTables.load(), Clock.fixed(now, HERE));
    }

    private static PersonIdentifier number(String value) {
        return new PersonIdentifier(IDENTITY_NUMBER, value);
    }

    private static PersonIdentifier patient(String id) {
        return new PersonIdentifier(PersonIdentifier.PATIENT, id);
    }

    private static By by(String reason) {
        return new By("clerk", reason);
    }
}

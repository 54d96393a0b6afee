package org.tongmai.adapters.canonicalstore.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.ConceptMap.Target;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyService.LocalMeaning;
import org.tongmai.standards.terminology.TerminologyService.RowChange;
import org.tongmai.standards.terminology.TerminologyStore.Version;
import org.tongmai.standards.terminology.UnmappedCodes.Key;
import org.tongmai.standards.terminology.UnmappedCodes.Line;

/** Uploads, versions and counts on a real PostgreSQL. */
class TerminologyStoreIT {
    private static final String SEX = "code-systems/gbt-2261-1-sex.csv";
    private static final String SYSTEM = "code,display,display_en,status,valid_from,valid_to\n";
    private static final String SOURCES =
            "kind,table,system,content,policy,title,standard,clause,source,certainty,retrieved\n";

    private static EmbeddedPostgres postgres;
    private PostgresTerminologyStore store;
    private TerminologyService service;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws Exception {
        store = PostgresTerminologyStore.migrated(postgres.getPostgresDatabase());
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("truncate terminology.version, terminology.content, terminology.unmapped cascade");
        }
        service = TerminologyService.start(store, Terminology.load());
    }

    private static Map<String, String> sex(String first) {
        return Map.of(
                SEX,
                SYSTEM + "0," + first + ",Unknown,active,,\n1,男性,Male,active,,\n2,女性,Female,active,,\n"
                        + "9,未说明的性别,Not stated,active,,\n");
    }

    @Test
    void an_upload_is_a_version_in_force_at_once_and_after_a_restart() {
        List<String> seen = new ArrayList<>();
        service.follow(next -> () -> seen.add(display(next)));

        Version version = service.upload(sex("未知"), "engineer", "shorter");

        assertThat(version.number()).isEqualTo(1);
        assertThat(version.change().by()).isEqualTo("engineer");
        assertThat(version.change().reason()).isEqualTo("shorter");
        assertThat(version.change().files()).containsExactly(SEX);
        assertThat(seen).containsExactly("未知");
        TerminologyService restarted = TerminologyService.start(store, Terminology.load());
        assertThat(restarted.inForce().version()).isEqualTo(1);
        assertThat(display(restarted.inForce().terminology())).isEqualTo("未知");
    }

    @Test
    void what_is_refused_changes_nothing_and_every_violation_is_told() {
        Map<String, String> bad =
                Map.of(SEX, SYSTEM + "1,男性,,active,,\n1,男性,,active,,\n", "code-systems/x.csv", SYSTEM);

        assertThatThrownBy(() -> service.upload(bad, "engineer", "why"))
                .isInstanceOfSatisfying(CodedException.class, refusal -> assertThat(refusal.issues())
                        .extracting(issue -> issue.code().code() + " " + issue.location())
                        .contains("TM-TERM-0004 " + SEX + ":3", "TM-TERM-0001 code-systems/x.csv:1")
                        // maps of other tables lead to codes that would be gone
                        .anyMatch(text -> text.startsWith("TM-TERM-0008 concept-maps/administrative-gender")));
        assertThat(service.inForce().version()).isZero();
        assertThat(display(service.inForce().terminology())).isEqualTo("未知的性别");
        assertThat(store.newest()).isZero();
        assertThatThrownBy(() -> service.upload(sex("x"), "engineer", " ")).hasMessageContaining("TM-TERM-0015");
    }

    @Test
    void a_follower_that_can_not_take_the_tables_keeps_them_from_being_kept() {
        service.follow(next -> {
            throw new IllegalStateException("does not fit");
        });

        assertThatThrownBy(() -> service.upload(sex("未知"), "engineer", "why"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.newest()).isZero();
        assertThat(display(service.inForce().terminology())).isEqualTo("未知的性别");
    }

    @Test
    void two_versions_are_compared_row_by_row_and_an_old_one_is_restored() {
        service.upload(sex("未知"), "a", "first");
        service.upload(sex("不详"), "b", "second");

        assertThat(service.diff(1, 2))
                .containsExactly(new RowChange(SEX, "0", "0,未知,Unknown,active,,", "0,不详,Unknown,active,,"));
        assertThat(service.diff(0, 1)).extracting(RowChange::key).containsExactly("0");
        Version restored = service.restore(1, "c", "second was wrong");
        assertThat(restored.number()).isEqualTo(3);
        assertThat(restored.change().restores()).isEqualTo(1);
        assertThat(display(service.inForce().terminology())).isEqualTo("未知");
        service.restore(0, "c", "as delivered");
        assertThat(display(service.inForce().terminology())).isEqualTo("未知的性别");
        assertThat(service.versions(10)).extracting(Version::number).containsExactly(4L, 3L, 2L, 1L);
        assertThatThrownBy(() -> service.restore(9, "c", "why")).hasMessageContaining("TM-TERM-0014");
    }

    @Test
    void uploads_add_up_and_rows_of_the_lists_are_merged() {
        service.upload(table("one"), "a", "one");
        service.upload(table("two"), "a", "two");
        assertThat(service.inForce().terminology().codeSystem("one").size()).isEqualTo(1);
        assertThat(service.inForce().terminology().codeSystem("two").size()).isEqualTo(1);
        assertThat(service.uploaded(2)).containsExactly("code-systems/one.csv", "code-systems/two.csv", "sources.csv");
    }

    private static Map<String, String> table(String name) {
        return Map.of(
                "sources.csv",
                SOURCES + "code-system," + name + ",urn:" + name + ",fragment,,T,,,made up,V,2026-11\n",
                "code-systems/" + name + ".csv",
                SYSTEM + "1,一,,active,,\n");
    }

    @Test
    void a_code_of_one_sender_gets_a_meaning_and_another_one_later() {
        String map = "hl7-0001-to-administrative-gender";
        service.map(new LocalMeaning(map, "H2", "男性", new Target("", "male", "")), "a", "as H2 says");
        service.map(new LocalMeaning(map, "H1", "9", new Target("", "female", "")), "a", "first guess");
        service.map(new LocalMeaning(map, "H1", "9", new Target("", "other", "")), "a", "asked them");
        ConceptMap sex = service.inForce().terminology().conceptMap(map);
        assertThat(sex.target("9", "H1").code()).isEqualTo("other");
        assertThat(sex.target("9", "H2").code()).isEqualTo("unknown");
        assertThat(sex.target("男性", "H2").code()).isEqualTo("male");
        assertThatThrownBy(
                        () -> service.map(new LocalMeaning(map, "H1", "x", new Target("", "mael", "")), "a", "typed"))
                .hasMessageContaining("TM-TERM-0008 ")
                .hasMessageContaining("local-dictionaries/" + map + ".csv:3");
    }

    @Test
    void another_node_follows_and_of_two_at_once_one_is_told() {
        TerminologyService other = TerminologyService.start(store, Terminology.load());
        service.upload(sex("未知"), "a", "first");
        assertThat(display(other.inForce().terminology())).isEqualTo("未知的性别");
        other.refresh();
        assertThat(display(other.inForce().terminology())).isEqualTo("未知");
        assertThatThrownBy(() -> store.add(0, service.versions(1).get(0).change(), Map.of()))
                .hasMessageContaining("TM-TERM-0013");
    }

    @Test
    void codes_without_a_row_are_counted_and_listed_by_how_often_they_occur() {
        Key rare = new Key("H1", "sex", "3");
        Key frequent = new Key("H1", "sex", "x");
        store.count(Map.of(rare, 2L, frequent, 5L));
        store.count(Map.of(rare, 1L));
        assertThat(store.unmapped(10)).extracting(Line::key).containsExactly(frequent, rare);
        assertThat(store.unmapped(10)).extracting(Line::count).containsExactly(5L, 3L);
    }

    @Test
    void a_sender_that_invents_codes_does_not_fill_the_database() {
        Map<Key, Long> many = IntStream.range(0, PostgresTerminologyStore.LIMIT)
                .boxed()
                .collect(Collectors.toMap(i -> new Key("H1", "sex", "c" + i), i -> 1L));
        store.count(many);
        store.count(Map.of(
                new Key("H2", "sex", "new"), 3L, new Key("H2", "sex", "newer"), 4L, new Key("H1", "sex", "c1"), 9L));
        assertThat(store.unmapped(2))
                .extracting(Line::key)
                .containsExactly(new Key("H1", "sex", "c1"), new Key("", "sex", ""));
        assertThat(store.unmapped(2)).extracting(Line::count).containsExactly(10L, 7L);
    }

    private static String display(Terminology terminology) {
        return terminology.codeSystem("gbt-2261-1-sex").entry("0", null).display();
    }
}

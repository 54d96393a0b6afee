package org.tongmai.console.domain.patientindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.console.domain.patientindex.PatientIndexService.PatientChange;
import org.tongmai.console.domain.patientindex.PatientIndexService.Progress;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.PatientIndex.ReviewCase;
import org.tongmai.standards.patientindex.PersonDirectory.PatientMatch;
import org.tongmai.standards.patientindex.Review;

/** Who becomes one person, what people decide, and how it is taken back; on a real PostgreSQL. */
class PatientIndexIT {
    private static final String ZHANG = "张/伟明|1990-03-07|male|13912345678|健康路88号3室|";
    private static final String NUMBER = "310101199003071230";
    private static final String OTHER_NUMBER = "310101199003071257";
    private static final String ALIKE = "张/玮明|1990-03-07|male|13912345678|健康路88号3室|";

    private static IndexFixture fixture;
    private static PatientIndexService index;

    @BeforeAll
    static void start() {
        fixture = new IndexFixture();
        index = fixture.index;
    }

    @AfterAll
    static void stop() throws IOException {
        fixture.close();
    }

    @BeforeEach
    void clear() throws SQLException {
        fixture.clear();
    }

    @Test
    void two_hospitals_with_one_identity_number_have_one_person_and_the_history_says_why() {
        fixture.send("a", "张/伟明|1990-03-07|male|||" + NUMBER);
        fixture.send("b", "張/偉明|1990-03-07|male|13700001111||" + NUMBER);

        assertThat(fixture.together("a")).containsExactly("a", "b").isEqualTo(fixture.together("b"));
        IndexOperation linked = index.history("b").get(0);
        assertThat(linked.kind()).isEqualTo(IndexOperation.Kind.MATCHED);
        assertThat(linked.basis().by()).isEqualTo("index");
        assertThat(linked.basis().verdict().rule()).isEqualTo("identity-number");
    }

    @Test
    void records_of_one_batch_find_each_other() {
        index.index(
                List.of(
                        fixture.change("a", ZHANG),
                        fixture.change("b", "李/娜|1966-08-15|female|13700001111"),
                        fixture.change("c", ZHANG)),
                Progress.NONE);

        assertThat(fixture.together("c")).containsExactly("a", "c");
        assertThat(fixture.together("b")).containsExactly("b");
    }

    @Test
    void a_batch_that_comes_again_changes_nothing() {
        List<PatientChange> batch = List.of(fixture.change("a", ZHANG), fixture.change("b", ZHANG));
        index.index(batch, new Progress("test", "7"));
        List<IndexOperation> before = index.history("a");

        assertThat(index.index(batch, new Progress("test", "8"))).isZero();
        assertThat(index.history("a")).isEqualTo(before).hasSize(1);
        assertThat(index.position("test")).isEqualTo("8");
    }

    @Test
    void a_version_in_which_nothing_that_is_compared_changed_is_noted_and_no_more() {
        fixture.send("a", ZHANG);
        fixture.send("b", ZHANG);
        fixture.send("b", ZHANG);

        assertThat(index.indexedVersions(List.of("a", "b"))).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(index.history("b")).hasSize(1);
        assertThat(index.match(Patients.of("x", ZHANG), 5)).hasSize(1);
    }

    @Test
    void twins_are_two_persons() {
        fixture.send("a", "王/一鸣|2015-03-02|male|13912345678|健康路88号3室");
        fixture.send("b", "王/一航|2015-03-02|male|13912345678|健康路88号3室");

        assertThat(fixture.together("a")).containsExactly("a");
        assertThat(index.reviews(Review.State.OPEN, 10)).isEmpty();
    }

    @Test
    void a_candidate_waits_and_is_linked_when_a_person_approves() {
        fixture.send("a", ZHANG);
        fixture.send("b", ALIKE);

        ReviewCase open = index.reviews(Review.State.OPEN, 10).get(0);
        assertThat(fixture.together("a")).containsExactly("a");
        assertThat(open.review().verdict().evidence())
                .anyMatch(each -> each.level().equals("sounds-alike"));

        IndexOperation approved = index.approve(open.review().number(), IndexFixture.CLERK);

        assertThat(approved.kind()).isEqualTo(IndexOperation.Kind.APPROVED);
        assertThat(approved.basis().by()).isEqualTo("clerk");
        assertThat(approved.basis().reason()).isEqualTo("looked at both papers");
        assertThat(fixture.together("a")).containsExactly("a", "b");
        assertThat(index.reviews(Review.State.OPEN, 10)).isEmpty();
        assertThatThrownBy(() -> index.approve(open.review().number(), IndexFixture.CLERK))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(PatientIndexError.REVIEW_DECIDED));
    }

    @Test
    void a_pair_that_was_rejected_does_not_return() {
        fixture.send("a", ZHANG);
        fixture.send("b", ALIKE);
        long review = index.reviews(Review.State.OPEN, 10).get(0).review().number();

        index.reject(review, IndexFixture.CLERK);
        fixture.send("b", ALIKE + "||SH1");
        fixture.send("a", ZHANG + "||SH2");

        assertThat(index.reviews(Review.State.OPEN, 10)).isEmpty();
        Review rejected = index.review(review).orElseThrow().review();
        assertThat(rejected.state()).isEqualTo(Review.State.REJECTED);
        assertThat(rejected.decision().by()).isEqualTo("clerk");
    }

    @Test
    void two_persons_are_asked_about_once_however_many_records_they_have() {
        fixture.send("a", ZHANG);
        fixture.send("b", ALIKE);
        fixture.send("c", ZHANG);
        fixture.send("d", ALIKE);
        assertThat(index.reviews(Review.State.OPEN, 10)).hasSize(1);

        index.reject(index.reviews(Review.State.OPEN, 10).get(0).review().number(), IndexFixture.CLERK);
        fixture.send("e", ZHANG);

        assertThat(index.reviews(Review.State.OPEN, 10)).isEmpty();
        assertThat(fixture.together("a")).containsExactly("a", "c", "e");
    }

    @Test
    void a_pair_that_was_rejected_is_not_linked_even_when_the_records_come_to_agree() {
        fixture.send("a", ZHANG);
        fixture.send("b", ALIKE);
        index.reject(index.reviews(Review.State.OPEN, 10).get(0).review().number(), IndexFixture.CLERK);

        fixture.send("b", ZHANG);

        assertThat(fixture.together("b")).containsExactly("b");
    }

    @Test
    void a_record_whose_corrected_number_contradicts_its_person_leaves_it() {
        fixture.send("a", ZHANG + NUMBER);
        fixture.send("b", ZHANG);
        assertThat(fixture.together("a")).containsExactly("a", "b");

        fixture.send("b", ZHANG + OTHER_NUMBER);

        assertThat(fixture.together("a")).containsExactly("a");
        assertThat(index.history("b").get(0).kind()).isEqualTo(IndexOperation.Kind.SPLIT);
    }

    @Test
    void a_record_between_two_that_contradict_each_other_does_not_join_them() {
        fixture.send("a", ZHANG + NUMBER);
        fixture.send("b", ZHANG + OTHER_NUMBER);
        fixture.send("c", ZHANG);

        assertThat(fixture.together("a")).doesNotContain("b");
        assertThat(fixture.together("b")).doesNotContain("a");
    }

    @Test
    void what_the_sender_merged_is_followed_and_an_unmerge_restores_it_exactly() {
        fixture.send("a", "张/伟明|1990-03-07|male");
        fixture.send("old", "李/娜|1966-08-15|female|13700001111");
        fixture.send("elsewhere", "李/娜|1966-08-15|female|13700001111");
        String person = fixture.person("old");
        assertThat(fixture.together("old")).containsExactly("elsewhere", "old");

        fixture.send("old", "李/娜|1966-08-15|female|13700001111", "replaced-by:a");
        assertThat(fixture.together("a")).containsExactly("a", "elsewhere", "old");
        assertThat(fixture.together(person)).as("the old person's id leads on").contains("a");
        IndexOperation followed = index.history("a").get(0);
        assertThat(followed.kind()).isEqualTo(IndexOperation.Kind.FOLLOWED);

        IndexOperation undone = index.unmerge(followed.number(), IndexFixture.CLERK);

        assertThat(undone.undoes()).isEqualTo(followed.number());
        assertThat(fixture.together("a")).containsExactly("a");
        assertThat(fixture.together("old")).containsExactly("elsewhere", "old");
        assertThat(fixture.person("old")).isEqualTo(person);
        assertThat(index.history("a").get(1).undoneBy()).isEqualTo(undone.number());

        fixture.send("old", "李/娜|1966-08-15|female|13700001112", "replaced-by:a");
        assertThat(fixture.together("old"))
                .as("the same statement again is no news")
                .doesNotContain("a");
        assertThatThrownBy(() -> index.unmerge(followed.number(), IndexFixture.CLERK))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(PatientIndexError.NOTHING_TO_UNDO));
    }

    @Test
    void a_record_that_was_merged_away_attracts_nobody_until_it_is_back() {
        fixture.send("a", "李/娜|1966-08-15|female");
        fixture.send("old", ZHANG, "replaced-by:a");
        fixture.send("c", ZHANG);
        assertThat(fixture.together("c")).containsExactly("c");

        index.unmerge(index.history("a").get(0).number(), IndexFixture.CLERK);
        fixture.send("d", ZHANG);

        assertThat(fixture.together("d")).contains("old");
    }

    @Test
    void the_survivor_of_a_merge_may_come_later_than_the_merged() {
        fixture.send("old", ZHANG, "replaced-by:a");
        assertThat(fixture.together("old")).containsExactly("a", "old");

        fixture.send("a", ZHANG);

        assertThat(fixture.together("a")).containsExactly("a", "old");
    }

    @Test
    void a_link_is_followed_and_taken_back_when_neither_side_states_it() {
        fixture.send("a", ZHANG, "seealso:b");
        fixture.send("b", "李/娜|1966-08-15|female", "seealso:a");
        assertThat(fixture.together("a")).containsExactly("a", "b");

        fixture.send("a", ZHANG);
        assertThat(fixture.together("a")).as("b still says so").containsExactly("a", "b");
        fixture.send("b", "李/娜|1966-08-15|female");

        assertThat(fixture.together("a")).containsExactly("a");
        assertThat(index.history("b").get(0).kind()).isEqualTo(IndexOperation.Kind.WITHDRAWN);
    }

    @Test
    void persons_are_merged_and_unmerged_by_people_with_their_reasons() {
        fixture.send("a1", ZHANG);
        fixture.send("a2", ZHANG);
        fixture.send("b1", "李/娜|1966-08-15|female|13700001111");
        fixture.send("b2", "李/娜|1966-08-15|female|13700001111");
        String second = fixture.person("b1");

        IndexOperation merged = index.merge("a1", second, IndexFixture.CLERK);
        assertThat(fixture.together("b2")).containsExactly("a1", "a2", "b1", "b2");
        index.unmerge(merged.number(), new By("clerk", "another person after all"));

        assertThat(fixture.together("a2")).containsExactly("a1", "a2");
        assertThat(fixture.together(second)).containsExactly("b1", "b2");
        assertThat(index.history("b1"))
                .extracting(each -> each.basis().reason())
                .startsWith("another person after all", "looked at both papers");
    }

    @Test
    void identifiers_that_contradict_each_other_bind_people_too() {
        fixture.send("a", ZHANG + NUMBER);
        fixture.send("b", ZHANG + OTHER_NUMBER);

        assertThatThrownBy(() -> index.merge("a", "b", IndexFixture.CLERK))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(PatientIndexError.CONFLICT));
        assertThatThrownBy(() -> index.link("a", "b", IndexFixture.CLERK)).isInstanceOf(CodedException.class);
        assertThat(fixture.together("a")).containsExactly("a");
    }

    @Test
    void a_record_taken_out_by_a_person_is_not_linked_again_by_a_rule() {
        fixture.send("a", ZHANG);
        fixture.send("b", ZHANG);

        index.unlink("a", IndexFixture.CLERK);
        fixture.send("a", ZHANG + "||SH1");
        fixture.send("b", ZHANG + "||SH1");
        assertThat(fixture.together("a")).containsExactly("a");

        index.link("a", "b", IndexFixture.CLERK);
        assertThat(fixture.together("a")).containsExactly("a", "b");
    }

    @Test
    void nothing_is_changed_without_a_reason() {
        fixture.send("a", ZHANG);
        fixture.send("b", "李/娜|1966-08-15|female");

        assertThatThrownBy(() -> index.merge("a", "b", new By("clerk", " ")))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(PatientIndexError.NO_REASON));
        assertThatThrownBy(() -> index.merge("a", "nobody", IndexFixture.CLERK))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(PatientIndexError.NO_SUCH_PERSON));
    }

    @Test
    void a_patient_is_matched_without_being_indexed() {
        fixture.send("a", ZHANG);
        fixture.send("b", "李/娜|1966-08-15|female|13700001111");

        List<PatientMatch> matches = index.match(Patients.of("x", ALIKE), 10);

        assertThat(matches).extracting(PatientMatch::patientId).containsExactly("a");
        assertThat(matches.get(0).person()).isEqualTo(fixture.person("a"));
        assertThat(matches.get(0).verdict().grade().code()).isEqualTo("probable");
        assertThat(index.find("x")).isEmpty();
    }

    @Test
    void a_deleted_patient_attracts_nobody() {
        fixture.send("a", ZHANG);
        index.index(List.of(new PatientChange("a", 2, null)), Progress.NONE);
        fixture.send("b", ZHANG);

        assertThat(fixture.together("b")).containsExactly("b");
    }

    @Test
    void counts_tell_records_persons_and_open_candidates() {
        fixture.send("a", ZHANG);
        fixture.send("b", ZHANG);
        fixture.send("c", ALIKE);

        assertThat(index.counts().records()).isEqualTo(3);
        assertThat(index.counts().persons()).isEqualTo(2);
        assertThat(index.counts().openReviews()).isEqualTo(1);
    }
}

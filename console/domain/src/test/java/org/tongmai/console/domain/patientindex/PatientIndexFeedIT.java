package org.tongmai.console.domain.patientindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.patientindex.IndexOperation;
import org.tongmai.standards.patientindex.LeftOut;
import org.tongmai.standards.patientindex.Review;

/** The index follows the canonical store; on a real PostgreSQL. */
class PatientIndexFeedIT {
    private static final String ZHANG = "张/伟明|1990-03-07|male|13912345678|健康路88号3室|";
    private static final String ALIKE = "张/玮明|1990-03-07|male|13912345678|健康路88号3室|";
    private static final PatientIndexFeed.Settings QUICK =
            new PatientIndexFeed.Settings(2, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(3));

    private static IndexFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new IndexFixture();
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
    void what_is_stored_is_indexed_and_the_patients_stay_as_they_are() throws SQLException {
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            fixture.store(IndexFixture.patient("a", ZHANG));
            feed.wake();
            await().until(() -> fixture.together("a").size() == 1);
            fixture.store(
                    IndexFixture.patient("b", ZHANG),
                    IndexFixture.patient("c", "李/娜|1966-08-15|female"),
                    IndexFixture.patient("d", ZHANG));
            feed.wake();

            await().until(() -> fixture.together("a").size() == 3);
        }
        assertThat(fixture.together("c")).containsExactly("c");
        assertThat(fixture.canonical.history("Patient", "a", Integer.MAX_VALUE, 10))
                .hasSize(1);
    }

    @Test
    void after_a_restart_it_goes_on_where_it_was() throws SQLException {
        fixture.store(IndexFixture.patient("a", ZHANG));
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            await().until(() -> fixture.together("a").size() == 1);
        }
        String position = fixture.index.position("canonical");
        fixture.store(IndexFixture.patient("b", ZHANG));

        try (PatientIndexFeed feed = feed()) {
            feed.start();
            await().until(() -> fixture.together("a").size() == 2);
        }
        assertThat(fixture.index.position("canonical")).isNotEqualTo(position);
        assertThat(fixture.index.history("a")).as("linked once").hasSize(1);
    }

    @Test
    void what_committed_behind_its_position_is_found_by_looking_back() throws SQLException {
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            fixture.store(IndexFixture.patient("a", ZHANG));
            await().until(() -> fixture.together("a").size() == 1);
            fixture.store(IndexFixture.patient("late", ZHANG));
            fixture.sql(
                    "update canonical.resource_version set last_updated = (select min(last_updated) from canonical.resource)"
                            + " - interval '50 milliseconds' where rid = (select rid from canonical.resource where id = 'late')");
            fixture.store(IndexFixture.patient("b", ZHANG));

            await().until(() -> fixture.together("a").size() == 3);
        }
    }

    @Test
    void what_a_sender_links_is_one_person_and_what_it_unlinks_is_not_linked_again() throws SQLException {
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            fixture.store(
                    IndexFixture.patient("a", ZHANG),
                    IndexFixture.patient("b", "李/娜|1966-08-15|female"),
                    IndexFixture.linkage("l", "a", "b", "active"));
            await().until(() -> fixture.together("a").size() == 2);

            fixture.store(IndexFixture.linkage("l", "a", "b", "not"));
            await().until(() -> fixture.together("a").size() == 1);
            assertThat(fixture.index.history("b").get(0).kind()).isEqualTo(IndexOperation.Kind.WITHDRAWN);

            fixture.store(IndexFixture.patient("c", ZHANG), IndexFixture.linkage("m", "a", "c", "not"));
            await().until(() ->
                    fixture.index.find("c").isPresent() && fixture.together("a").size() == 1);
            fixture.store(
                    IndexFixture.patient("c", ZHANG + "||SH1"), IndexFixture.patient("d", "王/芳|1991-01-01|female"));
            await().until(() -> fixture.index.find("d").isPresent());
            assertThat(fixture.together("c")).containsExactly("c");
        }
    }

    @Test
    void a_patient_that_the_database_refuses_holds_nobody_up_and_waits_to_be_tried_again() throws SQLException {
        fixture.sql("alter table patient_index.record add constraint poison check (patient_id <> 'poison')");
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            fixture.store(
                    IndexFixture.patient("a", ZHANG),
                    IndexFixture.patient("poison", ZHANG),
                    IndexFixture.patient("b", ZHANG));

            await().until(() -> fixture.together("a").size() == 2);
            assertThat(fixture.together("b")).containsExactly("a", "b");
            LeftOut leftOut = fixture.index.leftOut(10).get(0);
            assertThat(leftOut.id()).isEqualTo("poison");
            assertThat(leftOut.cause()).contains("TM-").doesNotContain("张");

            fixture.index.rebuild();
            await().until(() -> fixture.index.position("rebuild").isEmpty());
            assertThat(fixture.index.leftOut(10).get(0).attempts()).isGreaterThan(1);

            fixture.sql("alter table patient_index.record drop constraint poison");
            fixture.index.tryAgain();
            await().until(() -> fixture.together("a").size() == 3);
            assertThat(fixture.index.leftOut(10)).isEmpty();
        } finally {
            fixture.sql("alter table patient_index.record drop constraint if exists poison");
        }
    }

    @Test
    void a_patient_that_can_not_be_read_holds_nobody_up_and_waits_to_be_tried_again() throws SQLException {
        AtomicBoolean broken = new AtomicBoolean(true);
        var source = new PatientIndexFeed.Source(fixture.canonical, unreadable("broken", broken));
        try (PatientIndexFeed feed = new PatientIndexFeed(source, fixture.index, QUICK)) {
            fixture.store(
                    IndexFixture.patient("a", ZHANG),
                    IndexFixture.patient("broken", ZHANG),
                    IndexFixture.patient("b", ZHANG));
            feed.start();

            await().until(() -> fixture.together("a").size() == 2);
            assertThat(fixture.index.leftOut(10)).extracting(LeftOut::id).containsExactly("broken");
            fixture.index.tryAgain();
            await().until(() -> fixture.index.position("again").isEmpty());
            fixture.index.rebuild();
            await().until(() -> fixture.index.position("rebuild").isEmpty());
            assertThat(fixture.index.leftOut(10)).extracting(LeftOut::id).containsExactly("broken");

            broken.set(false);
            fixture.index.tryAgain();
            await().until(() -> fixture.together("a").size() == 3);
            assertThat(fixture.index.leftOut(10)).isEmpty();
        }
    }

    /** The store, which can not read one Patient. */
    private static CanonicalRepository unreadable(String id, AtomicBoolean broken) {
        return new CanonicalRepository() {
            @Override
            public Optional<CanonicalResource> read(String type, String read) {
                refuse(read);
                return fixture.canonical.read(type, read);
            }

            @Override
            public Optional<CanonicalResource> readVersion(ResourceVersion version) {
                refuse(version.id());
                return fixture.canonical.readVersion(version);
            }

            @Override
            public Map<ResourceVersion, CanonicalResource> readVersions(List<ResourceVersion> versions) {
                versions.forEach(each -> refuse(each.id()));
                return fixture.canonical.readVersions(versions);
            }

            private void refuse(String read) {
                if (broken.get() && read.equals(id)) {
                    throw new UncheckedIOException(new IOException("scripted"));
                }
            }
        };
    }

    @Test
    void everybody_is_indexed_anew_and_what_people_decided_stays() throws SQLException {
        fixture.store(
                IndexFixture.patient("a", ZHANG), IndexFixture.patient("b", ALIKE), IndexFixture.patient("c", ZHANG));
        try (PatientIndexFeed feed = feed()) {
            feed.start();
            await().until(() -> fixture.index.counts().openReviews() == 1);
            fixture.index.reject(
                    fixture.index.reviews(Review.State.OPEN, 1).get(0).review().number(), IndexFixture.CLERK);
            fixture.sql("update patient_index.record set keys = '{}'");
            fixture.sql("truncate patient_index.key");

            fixture.index.rebuild();

            await().until(() -> fixture.index.position("rebuild").isEmpty());
            assertThat(fixture.index.match(Patients.of("x", ZHANG), 5)).isNotEmpty();
        }
        assertThat(fixture.index.counts().openReviews()).isZero();
        assertThat(fixture.together("a")).containsExactly("a", "c");
    }

    private static PatientIndexFeed feed() {
        return new PatientIndexFeed(
                new PatientIndexFeed.Source(fixture.canonical, fixture.canonical), fixture.index, QUICK);
    }
}

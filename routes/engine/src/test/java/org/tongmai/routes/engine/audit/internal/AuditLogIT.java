package org.tongmai.routes.engine.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.audit.AuditVerdict.KeySource;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.error.CodedException;

class AuditLogIT {
    private final List<AuditEngine> open = new ArrayList<>();
    private TestDatabase database;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        database = new TestDatabase();
    }

    @AfterEach
    void stop() {
        open.forEach(AuditEngine::close);
        database.close();
    }

    private AuditNode node(String name) {
        return new AuditNode(database.dataSource(), name, folder);
    }

    private AuditEngine opened(AuditEngine engine) {
        open.add(engine);
        return engine;
    }

    private static void fill(AuditEngine log, int records, String trace) {
        CompletableFuture.allOf(IntStream.range(0, records)
                        .mapToObj(i -> log.append(AuditNode.call("app-" + i % 7, trace + i)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static AuditVerdict verdict(AuditEngine log) {
        return log.verify(AuditSpan.everything());
    }

    private void awaitSigned(AuditEngine log) {
        await().untilAsserted(() -> assertThat(verdict(log).chains())
                .allSatisfy(chain -> assertThat(chain.signed()).isEqualTo(chain.block())));
    }

    /** As somebody with every right in the database. */
    private void tamper(String sql) {
        database.execute("set session_replication_role = replica; " + sql + "; set session_replication_role = default");
    }

    @Test
    void what_was_appended_is_found_by_what_it_says_page_by_page() throws Exception {
        AuditEngine log = opened(node("one").start());
        fill(log, 700, "t-");
        assertThat(log.search(AuditNode.query(Term.TRACE, "t-333", "", 10)).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.record().actor().name()).isEqualTo("app-" + 333 % 7));
        Set<String> seen = new HashSet<>();
        String before = "";
        do {
            AuditPage page = log.search(AuditNode.query(Term.ACTOR, "app-3", before, 9));
            page.entries().forEach(entry -> assertThat(seen.add(entry.record().trace()))
                    .isTrue());
            before = page.next();
        } while (!before.isEmpty());
        assertThat(seen).hasSize(100);
        assertThat(log.search(AuditNode.query(Term.ACT, "audit.start", "", 10)).entries())
                .hasSize(1);
        assertThat(log.search(AuditNode.query(Term.OUTCOME, "500", "", 10)).entries())
                .isEmpty();
    }

    @Test
    void who_comes_between_two_commits_waits_for_the_pace_unless_many_do() throws Exception {
        AuditSettings usual = AuditSettings.defaults();
        AuditSettings slow = new AuditSettings(
                1_000, 100, Duration.ofHours(1), usual.patience(), usual.checkpoint(), usual.retention());
        AuditEngine log = opened(node("one").start(slow, InstantSource.system()));

        List<CompletableFuture<Void>> few = IntStream.range(0, 31)
                .mapToObj(i -> log.append(AuditNode.call("app", "few-" + i)))
                .toList();
        assertThat(few).noneMatch(CompletableFuture::isDone);
        log.append(AuditNode.call("app", "last")).join();
        assertThat(few).allMatch(CompletableFuture::isDone);
    }

    @Test
    void a_restart_continues_the_chain() throws Exception {
        AuditNode node = node("one");
        AuditEngine first = node.start();
        fill(first, 50, "a-");
        first.close();
        AuditEngine second = opened(node.start());
        fill(second, 50, "b-");
        awaitSigned(second);
        AuditVerdict verdict = verdict(second);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.records()).isEqualTo(102); // and two starts
        assertThat(database.number("select count(*) from audit_block where sequence = 1"))
                .isEqualTo(1);
    }

    @Test
    void a_kill_between_a_block_and_its_checkpoint_leaves_an_intact_chain_and_fences_what_was_killed()
            throws Exception {
        AuditNode node = node("one");
        AuditEngine killed =
                opened(node.start(AuditNode.settings(100, Duration.ofMinutes(10)), InstantSource.system()));
        fill(killed, 20, "a-");
        assertThat(verdict(killed).chains().get(0).signed()).isZero();
        AuditEngine restarted = opened(node.start());
        awaitSigned(restarted);
        assertThat(verdict(restarted).findings()).isEmpty();
        assertThatThrownBy(() -> killed.append(AuditNode.call("app", "late")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(AuditError.FENCED));
        assertThat(killed.available()).isFalse();
        fill(restarted, 5, "b-");
        awaitSigned(restarted);
        assertThat(verdict(restarted).findings()).isEmpty();
    }

    @Test
    void a_checkpoint_that_was_written_to_the_file_only_is_in_the_database_after_the_next_start() throws Exception {
        AuditNode node = node("one");
        AuditEngine first = node.start();
        fill(first, 3, "a-");
        first.close();
        long newest = database.number("select max(number) from audit_checkpoint");
        tamper("delete from audit_checkpoint where number = " + newest);
        AuditEngine second = opened(node.start());
        assertThat(database.number("select max(number) from audit_checkpoint")).isGreaterThanOrEqualTo(newest);
        awaitSigned(second);
        assertThat(verdict(second).findings()).isEmpty();
    }

    @Test
    void two_nodes_have_a_chain_each_and_each_verifies_both() throws Exception {
        AuditEngine one = opened(node("one").start());
        AuditEngine two = opened(node("two").start());
        fill(one, 30, "a-");
        fill(two, 30, "b-");
        awaitSigned(one);
        AuditVerdict verdict = verdict(one);
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.chains())
                .extracting(AuditVerdict.Chain::keys)
                .containsExactly(KeySource.PINNED, KeySource.DATABASE);
        assertThat(one.keys()).hasSize(2);
    }

    @Test
    void a_database_that_is_away_is_refused_with_a_code_at_once_and_got_over() throws Exception {
        AuditEngine log = opened(node("one").start());
        fill(log, 10, "a-");
        database.away();
        assertThatThrownBy(() -> log.append(AuditNode.call("app", "lost")).join())
                .cause()
                .isInstanceOfSatisfying(CodedException.class, e -> {
                    assertThat(e.code()).isEqualTo(AuditError.UNAVAILABLE);
                    assertThat(e.retryable()).isTrue();
                });
        assertThat(log.available()).isFalse();
        assertThat(log.append(AuditNode.call("app", "refused"))).isCompletedExceptionally();
        assertThatThrownBy(() -> log.write(AuditNode.call("app", "refused"))).isInstanceOf(CodedException.class);
        database.back();
        await().until(log::available);
        fill(log, 10, "b-");
        awaitSigned(log);
        assertThat(verdict(log).findings()).isEmpty();
        assertThat(log.search(AuditNode.query(Term.TRACE, "refused", "", 10)).entries())
                .isEmpty();
    }

    @Test
    void killed_connections_break_no_chain() throws Exception {
        AuditEngine log = opened(node("one").start());
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            if (i % 100 == 50) {
                database.killConnections();
                await().until(() -> log.available());
            }
            answers.add(log.append(AuditNode.call("app", "k-" + i)));
        }
        long durable = answers.stream()
                .filter(answer ->
                        answer.handle((done, failure) -> failure == null).join())
                .count();
        await().until(log::available);
        log.write(AuditNode.call("app", "after"));
        awaitSigned(log);
        assertThat(verdict(log).findings()).isEmpty();
        assertThat(verdict(log).records()).isGreaterThanOrEqualTo(durable + 2);
    }

    @Test
    void more_than_may_wait_is_refused_at_once() throws Exception {
        AuditEngine log =
                opened(node("one").start(AuditNode.settings(10, Duration.ofMinutes(1)), InstantSource.system()));
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select * from audit_head for update");
            List<CompletableFuture<Void>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> log.append(AuditNode.call("app", "q-" + i)))
                    .toList();
            assertThat(answers.get(199)).isCompletedExceptionally();
            assertThatThrownBy(() -> answers.get(199).join())
                    .cause()
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(AuditError.QUEUE_FULL));
            // A database that does not answer is one that is away.
            await().until(() -> !log.available());
            connection.rollback();
        }
        await().until(log::available);
        fill(log, 5, "b-");
    }

    @Test
    void nothing_can_be_changed_removed_or_emptied() throws Exception {
        AuditEngine log = opened(node("one").start());
        fill(log, 10, "a-");
        awaitSigned(log);
        String partition =
                "audit_block_" + java.time.format.DateTimeFormatter.BASIC_ISO_DATE.format(Block.dayOf(Instant.now()));
        for (String sql : List.of(
                "update audit_block set total = 0",
                "delete from audit_block",
                "update " + partition + " set content = ''",
                "delete from " + partition,
                "truncate " + partition,
                "truncate audit_block",
                "update audit_checkpoint set total = 0",
                "delete from audit_checkpoint",
                "delete from audit_key")) {
            assertThatThrownBy(() -> database.execute(sql)).as(sql).rootCause().hasMessageContaining("only added to");
        }
        assertThat(verdict(log).findings()).isEmpty();
    }

    @Test
    void whoever_has_every_right_in_the_database_is_found_out() throws Exception {
        AuditEngine log = opened(node("one").start());
        for (int i = 0; i < 6; i++) {
            fill(log, 5, "x" + i + "-");
        }
        awaitSigned(log);
        tamper("update audit_block set content = set_bit(content, 77, 1 - get_bit(content, 77)) where sequence = 3");
        assertThat(verdict(log).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.node()).isEqualTo("one");
            assertThat(finding.block()).isEqualTo(3);
        });
        tamper("update audit_block set content = set_bit(content, 77, 1 - get_bit(content, 77)) where sequence = 3");
        assertThat(verdict(log).findings()).isEmpty();
        tamper("delete from audit_block where sequence = 4");
        assertThat(verdict(log).findings())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.MISSING, 4L));
    }

    @Test
    void an_end_removed_with_everything_that_speaks_of_it_is_found_while_running_and_after_a_restart()
            throws Exception {
        AuditNode node = node("one");
        AuditEngine log = node.start();
        fill(log, 5, "a-");
        awaitSigned(log);
        long kept = database.number("select max(sequence) from audit_block");
        fill(log, 5, "b-");
        awaitSigned(log);
        String gone =
                "delete from audit_block where sequence > " + kept + "; delete from audit_checkpoint where sequence > "
                        + kept
                        + "; update audit_head h set sequence = b.sequence, hash = b.hash, total = b.total from audit_block b"
                        + " where b.sequence = " + kept;
        tamper(gone);
        assertThat(verdict(log).findings())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.TAIL, kept + 1));
        log.write(AuditNode.call("app", "c"));
        assertThat(verdict(log).findings())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.MISSING, kept + 1));
        log.close();
        AuditEngine restarted = opened(node.start());
        assertThat(verdict(restarted).findings())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.MISSING, kept + 1));
    }

    @Test
    void days_after_the_retention_go_and_leave_a_signed_anchor() throws Exception {
        AuditNode node = node("one");
        Instant old = Instant.now().minus(Duration.ofDays(240));
        for (int day = 0; day < 2; day++) {
            Instant then = old.plus(Duration.ofDays(day));
            AuditEngine before = node.start(AuditNode.settings(100, Duration.ofMinutes(1)), () -> then);
            fill(before, 5, "old-");
            before.close();
        }
        AuditEngine log = opened(node.start());
        fill(log, 5, "new-");
        assertThat(verdict(log).findings()).isEmpty();
        assertThat(log.prune()).hasSize(2);
        awaitSigned(log);
        assertThat(verdict(log).findings()).isEmpty();
        assertThat(database.number("select min(sequence) from audit_block")).isGreaterThan(1);
        assertThat(log.search(AuditNode.query(Term.ACT, "audit.prune", "", 10)).entries())
                .hasSize(2);
        assertThat(log.prune()).isEmpty();
        try (var files = Files.list(node.signer.folder())) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSize(1);
        }
        tamper("delete from audit_anchor");
        assertThat(verdict(log).findings().get(0).kind()).isEqualTo(Kind.START);
    }

    @Test
    void a_long_chain_is_verified_part_by_part() throws Exception {
        AuditEngine log = opened(node("one").start());
        for (int i = 0; i < 70; i++) {
            log.write(AuditNode.call("app", "p-" + i));
        }
        awaitSigned(log);
        try (var connection = database.dataSource().getConnection()) {
            String after = "";
            long blocks = 0;
            int parts = 0;
            do {
                CheckpointFile file = new CheckpointFile(folder.resolve("one"));
                Verifier.Known known = new Verifier.Known(
                        "two",
                        0,
                        new CheckpointFeed.Own(file.lines().iterator(), 0, 0, ""),
                        new Verifier.Limits(Instant.now(), () -> true, Duration.ofMinutes(3)));
                AuditVerdict part = new Verifier(
                                new TableTrail(connection), new Trust(java.util.Map.of(), log.keys()), known)
                        .verify(new AuditSpan("one", null, null, after));
                assertThat(part.findings()).isEmpty();
                blocks += part.blocks();
                after = part.next();
                parts++;
            } while (!after.isEmpty());
            assertThat(parts).isEqualTo(3);
            assertThat(blocks).isEqualTo(71);
        }
    }
}

package org.tongmai.routes.engine.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.AuditHolding;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditProof;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.Sm3;

/** One record with its link, its block and the signature over it. */
class AuditProofIT {
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    private Path folder;

    private TestDatabase database;
    private AuditEngine log;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase();
        log = new AuditNode(database.dataSource(), "one", folder).start();
    }

    @AfterEach
    void stop() {
        log.close();
        database.close();
    }

    /** Records of one block. */
    private void fill(String trace) {
        CompletableFuture.allOf(IntStream.range(0, 5)
                        .mapToObj(i -> log.append(AuditNode.call("app", trace + i)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private AuditPage.Entry entry(String trace) {
        return log.search(AuditNode.query(Term.TRACE, trace, "", 10)).entries().get(0);
    }

    private AuditProof proof(AuditPage.Entry entry) {
        return log.proof(entry.node(), entry.block(), entry.index()).orElseThrow();
    }

    private void awaitSigned() {
        await().untilAsserted(
                        () -> assertThat(log.verify(AuditSpan.everything()).chains())
                                .allSatisfy(chain -> assertThat(chain.signed()).isEqualTo(chain.block())));
    }

    private void tamper(String sql) {
        database.execute("set session_replication_role = replica; " + sql + "; set session_replication_role = default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public_key = set_byte(public_key, 60, 255 - get_byte(public_key, 60))",
                "public_key = set_bit(public_key, 3, 1 - get_bit(public_key, 3))",
                "fingerprint = translate(fingerprint, '0123456789abcdef', '123456789abcdef0')"
            })
    void a_key_of_the_database_that_was_changed_is_a_finding_and_the_chain_is_verified_all_the_same(String change) {
        fill("a-");
        awaitSigned();
        assertThat(log.verify(AuditSpan.everything()).findings()).isEmpty();
        tamper("update audit_key set " + change);

        AuditVerdict verdict = log.verify(AuditSpan.everything());

        assertThat(verdict.records()).isPositive();
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.FOREIGN_KEY);
            assertThat(finding.node()).isEqualTo("one");
            assertThat(finding.detail()).contains("found: ", "expected: the key ");
        });
    }

    @Test
    void a_record_has_the_digest_that_anybody_can_make_of_the_one_before_and_its_line() {
        fill("a-");
        fill("b-");
        awaitSigned();
        AuditProof proof = proof(entry("b-3"));
        byte[] before = HEX.parseHex(proof.links().previous());
        byte[] line = proof.place().line().getBytes(StandardCharsets.UTF_8);
        byte[] both = new byte[before.length + line.length];
        System.arraycopy(before, 0, both, 0, before.length);
        System.arraycopy(line, 0, both, before.length, line.length);
        assertThat(proof.links().digest()).isEqualTo(HEX.formatHex(Sm3.digest(both)));
        assertThat(proof.place().entry().record().trace()).isEqualTo("b-3");
        assertThat(proof.findings()).isEmpty();
        assertThat(proof.signature().genuine()).isTrue();
        assertThat(proof.signature().block())
                .isGreaterThanOrEqualTo(entry("b-3").block());

        AuditPage.Entry first = entry("b-0");
        AuditProof begin = log.proof("one", first.block(), 1).orElseThrow();
        assertThat(begin.links().previous()).isEqualTo(begin.block().previous());
        AuditProof blockBefore = log.proof("one", first.block() - 1, 1).orElseThrow();
        assertThat(begin.block().previous()).isEqualTo(blockBefore.block().hash());
        assertThat(begin.place().number())
                .isEqualTo(blockBefore.place().number() + blockBefore.block().records());
    }

    @Test
    void what_is_not_there_has_no_proof() {
        fill("a-");
        long block = entry("a-0").block();
        assertThat(log.proof("one", block, 0)).isEmpty();
        assertThat(log.proof("one", block, 6)).isEmpty();
        assertThat(log.proof("one", 99, 1)).isEmpty();
        assertThat(log.proof("two", block, 1)).isEmpty();
    }

    @Test
    void a_record_that_was_altered_is_told_with_what_is_found_and_what_was_written_by_the_proof_and_by_verifying()
            throws SQLException {
        fill("a-");
        awaitSigned();
        AuditPage.Entry entry = entry("a-2");
        String digest = proof(entry).links().digest();
        alter(entry.block(), entry.index());

        AuditFinding found = log.verify(AuditSpan.everything()).findings().get(0);
        assertThat(found.kind()).isEqualTo(Kind.RECORD);
        assertThat(found.block()).isEqualTo(entry.block());
        assertThat(found.record()).isEqualTo(entry.index());
        AuditProof altered = proof(entry);
        assertThat(altered.findings()).first().isEqualTo(found);
        assertThat(found.detail())
                .contains("found: " + altered.links().digest().substring(0, 8))
                .contains("expected: " + digest.substring(0, 8));
    }

    /** Somebody with every right writes another actor into a record, and packs the block as it is packed. */
    private void alter(long sequence, int index) throws SQLException {
        List<byte[]> lines;
        try (Connection connection = database.dataSource().getConnection()) {
            Block block = new TableTrail(connection)
                    .blocks("one", Block.dayOf(Instant.now()), sequence - 1, 1)
                    .get(0);
            lines = new ArrayList<>(BlockContent.unpack(block.content()).lines());
        }
        String line = new String(lines.get(index - 1), StandardCharsets.UTF_8);
        lines.set(index - 1, line.replace("\tapp\t", "\tapq\t").getBytes(StandardCharsets.UTF_8));
        tamper("update audit_block set content = decode('" + HEX.formatHex(new BlockContent().pack(lines))
                + "', 'hex') where sequence = " + sequence);
    }

    @Test
    void what_can_no_longer_be_read_is_shown_with_its_place_and_what_is_wrong() {
        fill("a-");
        AuditPage.Entry entry = entry("a-2");
        tamper("update audit_block set content = '\\x01' where sequence = " + entry.block());
        AuditProof proof = proof(entry);
        assertThat(proof.place().entry().record()).isNull();
        assertThat(proof.findings()).extracting(AuditFinding::kind).contains(Kind.RECORD);
    }

    @Test
    void a_block_that_does_not_continue_the_one_before_is_told() {
        fill("a-");
        fill("b-");
        long block = entry("b-0").block();
        tamper("update audit_block set hash = set_byte(hash, 3, 255 - get_byte(hash, 3)) where sequence = "
                + (block - 1));
        assertThat(log.proof("one", block, 1).orElseThrow().findings())
                .extracting(AuditFinding::kind)
                .contains(Kind.LINK);
    }

    @Test
    void what_is_kept_is_told_by_day_and_chain() {
        fill("a-");
        AuditHolding holding = log.holding();
        assertThat(holding.retention()).isEqualTo(Duration.ofDays(180));
        assertThat(holding.days()).extracting(AuditHolding.Day::day).contains(Block.dayOf(Instant.now()));
        assertThat(holding.days()).allSatisfy(day -> assertThat(day.bytes()).isPositive());
        assertThat(holding.chains()).singleElement().satisfies(chain -> {
            assertThat(chain.node()).isEqualTo("one");
            assertThat(chain.records()).isGreaterThanOrEqualTo(6);
            assertThat(chain.dropped()).isZero();
        });
    }
}

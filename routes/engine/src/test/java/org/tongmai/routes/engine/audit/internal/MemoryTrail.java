package org.tongmai.routes.engine.audit.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** A log in memory that anybody can change. */
final class MemoryTrail implements Trail {
    static final String NODE = "node-1";
    static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    static final Instant BEGIN = Instant.parse("2026-11-20T01:00:00Z");

    final List<Block> blocks = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    Checkpoint anchor;
    long noted;
    long stored;

    /** Blocks of four records, a second apart; every second one is signed, and the last. */
    static MemoryTrail of(int count) {
        MemoryTrail trail = new MemoryTrail();
        BlockChain chain = new BlockChain(NODE);
        Head head = Head.NONE;
        for (int i = 1; i <= count; i++) {
            List<Entry> entries = new ArrayList<>();
            for (int r = 1; r <= 4; r++) {
                entries.add(Entry.of(record(i, r)));
            }
            Block block = chain.next(head, BEGIN.plusSeconds(i), entries);
            trail.blocks.add(block);
            head = Head.of(block);
            if (i % 2 == 0 || i == count) {
                trail.sign(head);
            }
        }
        trail.noted = count;
        return trail;
    }

    static AuditRecord record(int block, int record) {
        return new AuditRecord(
                BEGIN.plusSeconds(block).plusMillis(record),
                new Actor("app-" + record, "10.0.0." + block),
                record == 1 ? "login" : "call",
                "service/s" + record + "@1.0.0",
                "200",
                "trace-" + block + "-" + record,
                new Figures(1_000L * record, 10, 20, "", ""));
    }

    void sign(Head head) {
        Checkpoint checkpoint = Checkpoint.signed(
                Checkpoint.Kind.CHECKPOINT,
                NODE,
                checkpoints.size() + 1L,
                new Head(head.sequence(), head.hash(), head.total(), head.at().plusMillis(500)),
                KEY);
        checkpoints.add(checkpoint);
        lines.add(checkpoint.line());
        stored = checkpoint.number();
    }

    /** Everything that is wrong with it, as the node itself would say. */
    List<AuditFinding> verify() {
        return verify(BEGIN.plusSeconds(60), noted);
    }

    List<AuditFinding> verify(Instant now, long confirmed) {
        CheckpointFeed.Own file = new CheckpointFeed.Own(
                List.copyOf(lines).iterator(),
                Long.MAX_VALUE,
                stored,
                KEY.publicKey().fingerprint());
        Verifier.Limits limits = new Verifier.Limits(now, () -> false, Duration.ofMinutes(3));
        Trust trust = new Trust(
                Map.of(NODE, new HashMap<>(Map.of(KEY.publicKey().fingerprint(), KEY.publicKey()))), List.of());
        try {
            return new Verifier(this, trust, new Verifier.Known(NODE, confirmed, file, limits))
                    .verify(AuditSpan.everything())
                    .findings();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> nodes() {
        return Stream.concat(blocks.stream().map(Block::node), noted > 0 ? Stream.of(NODE) : Stream.empty())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<LocalDate> days() {
        return blocks.stream().map(Block::day).distinct().sorted().toList();
    }

    @Override
    public List<Block> blocks(String node, LocalDate day, long above, int limit) {
        return blocks.stream()
                .filter(block -> block.node().equals(node) && block.day().equals(day) && block.sequence() > above)
                .sorted(Comparator.comparing(Block::sequence))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Block> last(String node, LocalDate day) {
        return blocks(node, day, 0, Integer.MAX_VALUE).stream().reduce((a, b) -> b);
    }

    @Override
    public List<Checkpoint> checkpoints(String node, long above, int limit) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.node().equals(node) && checkpoint.number() > above)
                .sorted(Comparator.comparing(Checkpoint::number))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Checkpoint> signedUpTo(String node, long sequence) {
        return checkpoints.stream()
                .filter(each -> each.node().equals(node) && each.head().sequence() <= sequence)
                .max(Comparator.comparing((Checkpoint each) -> each.head().sequence()));
    }

    @Override
    public long newestCheckpoint(String node) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.node().equals(node))
                .mapToLong(Checkpoint::number)
                .max()
                .orElse(0);
    }

    @Override
    public Optional<Checkpoint> anchor(String node) {
        return Optional.ofNullable(anchor).filter(each -> each.node().equals(node));
    }

    @Override
    public long noted(String node) {
        return node.equals(NODE) ? noted : 0;
    }
}

package org.tongmai.routes.engine.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.audit.AuditFinding;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** Whatever is changed, removed or moved is found, and its place is told. */
class TamperTest {
    private final MemoryTrail trail = MemoryTrail.of(5);

    @Test
    void what_nobody_touched_is_intact() {
        assertThat(trail.verify()).isEmpty();
        assertThat(new MemoryTrail().verify()).isEmpty();
    }

    @Test
    void every_single_bit_of_every_block_is_located() {
        MemoryTrail small = MemoryTrail.of(3);
        // By the chain alone: a signature would find it too, and takes a thousand times as long.
        small.checkpoints.clear();
        small.lines.clear();
        AtomicInteger flips = new AtomicInteger();
        for (int i = 0; i < small.blocks.size(); i++) {
            int index = i;
            Block original = small.blocks.get(i);
            BitFlips.of(original, (column, bit, changed) -> {
                small.blocks.set(index, changed);
                located(small, original, changed, column, bit);
                flips.incrementAndGet();
            });
            small.blocks.set(index, original);
        }
        assertThat(small.verify()).isEmpty();
        assertThat(flips.get()).isGreaterThan(6_000);
    }

    private static void located(MemoryTrail small, Block original, Block changed, String column, int bit) {
        List<AuditFinding> findings = small.verify();
        String what = "block " + original.sequence() + ", bit " + bit + " of " + column + ": " + findings;
        assertThat(findings).as(what).isNotEmpty();
        if (column.equals("sequence") || column.equals("node") || column.equals("day")) {
            // It is somewhere else now: that it is not here is told, and where it is now as well.
            assertThat(findings)
                    .as(what)
                    .anyMatch(each -> each.node().equals(MemoryTrail.NODE) && each.block() == original.sequence());
            return;
        }
        AuditFinding first = findings.get(0);
        assertThat(first.node()).as(what).isEqualTo(MemoryTrail.NODE);
        assertThat(first.block()).as(what).isEqualTo(original.sequence());
        switch (column) {
            case "content" -> assertThat(first.record()).as(what).isEqualTo(firstDifference(original, changed));
            case "marks" -> {
                assertThat(first.kind()).as(what).isEqualTo(Kind.MARK);
                assertThat(first.record()).as(what).isEqualTo(bit / 32 + 1);
            }
            case "previous_hash" -> assertThat(first.kind()).as(what).isEqualTo(Kind.LINK);
            case "hash", "at", "records", "total" ->
                assertThat(first.kind()).as(what).isEqualTo(Kind.BLOCK);
            default -> {
                assertThat(first.kind()).as(what).isEqualTo(Kind.COLUMN);
                assertThat(first.detail()).contains(column);
            }
        }
        assertThat(findings)
                .as(what)
                .filteredOn(each -> each.kind() != Kind.UNSIGNED)
                .hasSize(1);
    }

    /** By comparing what is unpacked of both: 0 when the records are the same. */
    private static int firstDifference(Block original, Block changed) {
        List<byte[]> before = BlockContent.unpack(original.content()).lines();
        List<byte[]> after = BlockContent.unpack(changed.content()).lines();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (i >= before.size() || i >= after.size() || !Arrays.equals(before.get(i), after.get(i))) {
                return i + 1;
            }
        }
        return 0;
    }

    @Test
    void every_single_bit_of_a_checkpoint_is_found() {
        MemoryTrail short4 = MemoryTrail.of(4);
        Checkpoint original = short4.checkpoints.get(1);
        BitFlips.of(original, (what, changed) -> {
            short4.checkpoints.set(1, changed);
            assertThat(short4.verify()).as(what).anyMatch(finding -> finding.checkpoint() == 2);
        });
    }

    @Test
    void every_changed_byte_of_the_file_of_checkpoints_is_found() {
        MemoryTrail shortest = MemoryTrail.of(2);
        String original = shortest.lines.get(0);
        for (int i = 0; i < original.length(); i++) {
            char other = (char) (original.charAt(i) ^ 1 << i % 7);
            shortest.lines.set(0, original.substring(0, i) + other + original.substring(i + 1));
            assertThat(shortest.verify()).as("byte " + i).anyMatch(finding -> finding.kind() == Kind.FILE);
        }
    }

    @Test
    void a_changed_record_is_found_also_when_every_hash_after_it_is_made_anew() {
        MemoryTrail forged = new MemoryTrail();
        BlockChain chain = new BlockChain(MemoryTrail.NODE);
        Head head = Head.NONE;
        for (Block block : trail.blocks) {
            List<Entry> entries = new ArrayList<>();
            for (int r = 1; r <= 4; r++) {
                entries.add(Entry.of(MemoryTrail.record((int) block.sequence() * (r == 2 ? 7 : 1), r)));
            }
            Block again = chain.next(head, block.at(), entries);
            forged.blocks.add(again);
            head = Head.of(again);
        }
        forged.checkpoints.addAll(trail.checkpoints);
        forged.lines.addAll(trail.lines);
        assertThat(forged.verify())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.CHECKPOINT, 2L));
    }

    @Test
    void a_removed_block_is_found() {
        trail.blocks.remove(2);
        AuditFinding first = trail.verify().get(0);
        assertThat(first.kind()).isEqualTo(Kind.MISSING);
        assertThat(first.block()).isEqualTo(3);
    }

    @Test
    void a_removed_begin_is_found() {
        trail.blocks.remove(0);
        AuditFinding first = trail.verify().get(0);
        assertThat(first.kind()).isEqualTo(Kind.START);
        assertThat(first.block()).isEqualTo(1);
    }

    @Test
    void a_chain_of_which_nothing_is_left_is_missed_where_its_key_is_kept() {
        trail.blocks.clear();
        trail.checkpoints.clear();
        trail.noted = 0;
        AuditFinding first = trail.verify(MemoryTrail.BEGIN.plusSeconds(60), 4).get(0);
        assertThat(first.kind()).isEqualTo(Kind.TAIL);
        assertThat(first.node()).isEqualTo(MemoryTrail.NODE);
        assertThat(new MemoryTrail().verify(MemoryTrail.BEGIN, 0))
                .as("one that has written nothing yet")
                .isEmpty();
    }

    @Test
    void swapped_blocks_are_found() {
        Block two = trail.blocks.get(1);
        Block three = trail.blocks.get(2);
        trail.blocks.set(1, renumbered(three, two));
        trail.blocks.set(2, renumbered(two, three));
        AuditFinding first = trail.verify().get(0);
        assertThat(first.kind()).isEqualTo(Kind.LINK);
        assertThat(first.block()).isEqualTo(2);
    }

    private static Block renumbered(Block content, Block place) {
        return new Block(
                place.day(),
                place.node(),
                place.sequence(),
                content.at(),
                content.found(),
                content.records(),
                content.total(),
                content.links(),
                content.content());
    }

    @Test
    void two_records_that_changed_places_are_found() {
        Block block = trail.blocks.get(1);
        List<byte[]> lines =
                new ArrayList<>(BlockContent.unpack(block.content()).lines());
        Collections.swap(lines, 1, 2);
        Block swapped = new Block(
                block.day(),
                block.node(),
                block.sequence(),
                block.at(),
                block.found(),
                block.records(),
                block.total(),
                block.links(),
                new BlockContent().pack(lines));
        trail.blocks.set(1, swapped);
        assertThat(trail.verify()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.RECORD);
            assertThat(finding.block()).isEqualTo(2);
            assertThat(finding.record()).isEqualTo(2);
        });
    }

    @Test
    void a_tail_removed_with_its_checkpoints_and_the_note_of_it_is_found_by_the_file() {
        trail.blocks.subList(3, 5).clear();
        trail.checkpoints.subList(1, 3).clear();
        trail.noted = 2;
        assertThat(trail.verify())
                .extracting(AuditFinding::kind, AuditFinding::block)
                .contains(org.assertj.core.groups.Tuple.tuple(Kind.TAIL, 4L));
    }

    @Test
    void a_tail_that_nobody_had_signed_is_missed_by_the_node_that_wrote_it() {
        MemoryTrail unsigned = MemoryTrail.of(5);
        unsigned.checkpoints.remove(2);
        unsigned.lines.remove(2);
        unsigned.stored = 2;
        assertThat(unsigned.verify()).isEmpty();
        unsigned.blocks.remove(4);
        unsigned.noted = 4;
        assertThat(unsigned.verify(MemoryTrail.BEGIN.plusSeconds(60), 5))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.TAIL);
                    assertThat(finding.block()).isEqualTo(5);
                });
    }

    @Test
    void an_end_that_nobody_signs_is_found() {
        trail.checkpoints.remove(2);
        trail.lines.remove(2);
        trail.stored = 2;
        assertThat(trail.verify(MemoryTrail.BEGIN.plus(Duration.ofHours(1)), 5))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.UNSIGNED);
                    assertThat(finding.block()).isEqualTo(5);
                });
    }

    @Test
    void a_removed_checkpoint_is_found_with_or_without_its_line() {
        trail.checkpoints.remove(0);
        assertThat(trail.verify())
                .anyMatch(finding -> finding.kind() == Kind.CHECKPOINT_MISSING && finding.checkpoint() == 1);
        trail.lines.remove(0);
        assertThat(trail.verify())
                .anyMatch(finding -> finding.kind() == Kind.CHECKPOINT_MISSING && finding.checkpoint() == 1);
    }

    @Test
    void a_removed_line_of_the_file_is_found_first_middle_and_last() {
        for (int i = 0; i < 3; i++) {
            long number = i + 1L;
            MemoryTrail each = MemoryTrail.of(5);
            each.lines.remove(i);
            assertThat(each.verify())
                    .anyMatch(finding -> finding.kind() == Kind.FILE && finding.checkpoint() == number);
        }
    }

    @Test
    void a_checkpoint_that_did_not_reach_the_database_yet_is_none_too_few() {
        trail.checkpoints.remove(2);
        trail.stored = 2;
        assertThat(trail.verify()).isEmpty();
        trail.stored = 3;
        assertThat(trail.verify()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.CHECKPOINT_MISSING);
            assertThat(finding.checkpoint()).isEqualTo(3);
        });
    }

    @Test
    void a_signature_of_another_key_is_found() {
        Sm2PrivateKey other = Sm2PrivateKey.generate();
        Checkpoint own = trail.checkpoints.get(2);
        trail.checkpoints.set(2, Checkpoint.signed(own.kind(), own.node(), own.number(), own.head(), other));
        assertThat(trail.verify()).anyMatch(finding -> finding.kind() == Kind.FOREIGN_KEY && finding.checkpoint() == 3);
    }

    @Test
    void what_was_dropped_after_its_retention_is_no_removal_but_only_with_a_signed_anchor() {
        Head end = Head.of(trail.blocks.get(1));
        trail.blocks.subList(0, 2).clear();
        trail.checkpoints.remove(0);
        assertThat(trail.verify().get(0).kind()).isEqualTo(Kind.START);

        trail.anchor = Checkpoint.signed(Checkpoint.Kind.ANCHOR, MemoryTrail.NODE, 1, end, MemoryTrail.KEY);
        assertThat(trail.verify()).isEmpty();

        trail.anchor = Checkpoint.signed(Checkpoint.Kind.ANCHOR, MemoryTrail.NODE, 1, end, Sm2PrivateKey.generate());
        assertThat(trail.verify().get(0).kind()).isEqualTo(Kind.SIGNATURE);

        Checkpoint taken = Checkpoint.signed(Checkpoint.Kind.CHECKPOINT, MemoryTrail.NODE, 1, end, MemoryTrail.KEY);
        trail.anchor = new Checkpoint(
                Checkpoint.Kind.ANCHOR, taken.node(), taken.number(), taken.head(), taken.key(), taken.signature());
        assertThat(trail.verify().get(0).kind()).isEqualTo(Kind.SIGNATURE);
    }

    @Test
    void bytes_after_the_packed_records_are_found() {
        Block block = trail.blocks.get(0);
        byte[] longer = Arrays.copyOf(block.content(), block.content().length + 1);
        trail.blocks.set(
                0,
                new Block(
                        block.day(),
                        block.node(),
                        1,
                        block.at(),
                        block.found(),
                        block.records(),
                        block.total(),
                        block.links(),
                        longer));
        assertThat(trail.verify()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.BLOCK);
            assertThat(finding.block()).isEqualTo(1);
        });
        assertThat(HexFormat.of().formatHex(block.hash())).hasSize(64);
    }
}

package org.tongmai.routes.engine.audit.internal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.tongmai.routes.engine.audit.internal.Block.Found;
import org.tongmai.routes.engine.audit.internal.Block.Links;

/** Every row that differs from a given one in a single bit. */
final class BitFlips {
    private BitFlips() {}

    /** @param each is told the column, the number of the bit, and the changed block */
    static void of(Block block, Changed<Block> each) {
        place(block, each);
        own(block, each);
        found(block, block.found(), each);
        links(block, block.links(), each);
    }

    private static void place(Block b, Changed<Block> each) {
        ofLong(b.day().toEpochDay(), 32, "day", each, v -> b(LocalDate.ofEpochDay((int) v.longValue()), b, b.node()));
        ofText(b.node(), "node", each, v -> b(b.day(), b, v));
        ofLong(
                b.sequence(),
                64,
                "sequence",
                each,
                v -> new Block(
                        b.day(), b.node(), v, b.at(), b.found(), b.records(), b.total(), b.links(), b.content()));
    }

    private static void own(Block b, Changed<Block> each) {
        ofLong(RecordLine.micros(b.at()), 64, "at", each, v -> b(b, RecordLine.instant(v), b.records(), b.total()));
        ofLong(b.records(), 32, "records", each, v -> b(b, b.at(), (int) v.longValue(), b.total()));
        ofLong(b.total(), 64, "total", each, v -> b(b, b.at(), b.records(), v));
        ofBytes(
                b.content(),
                "content",
                each,
                v -> new Block(
                        b.day(), b.node(), b.sequence(), b.at(), b.found(), b.records(), b.total(), b.links(), v));
    }

    private static void found(Block b, Found f, Changed<Block> each) {
        ofLong(
                RecordLine.micros(f.firstAt()),
                64,
                "first_at",
                each,
                v -> b(b, new Found(RecordLine.instant(v), f.lastAt(), f.kinds(), f.terms()), b.links()));
        ofLong(
                RecordLine.micros(f.lastAt()),
                64,
                "last_at",
                each,
                v -> b(b, new Found(f.firstAt(), RecordLine.instant(v), f.kinds(), f.terms()), b.links()));
        ofLong(
                f.kinds(),
                16,
                "kinds",
                each,
                v -> b(b, new Found(f.firstAt(), f.lastAt(), (int) v.longValue(), f.terms()), b.links()));
        ofBytes(f.terms(), "terms", each, v -> b(b, new Found(f.firstAt(), f.lastAt(), f.kinds(), v), b.links()));
    }

    private static void links(Block b, Links l, Changed<Block> each) {
        ofBytes(l.previous(), "previous_hash", each, v -> b(b, b.found(), new Links(v, l.hash(), l.marks())));
        ofBytes(l.hash(), "hash", each, v -> b(b, b.found(), new Links(l.previous(), v, l.marks())));
        ofBytes(l.marks(), "marks", each, v -> b(b, b.found(), new Links(l.previous(), l.hash(), v)));
    }

    private static Block b(LocalDate day, Block b, String node) {
        return new Block(day, node, b.sequence(), b.at(), b.found(), b.records(), b.total(), b.links(), b.content());
    }

    private static Block b(Block b, Instant at, int records, long total) {
        return new Block(b.day(), b.node(), b.sequence(), at, b.found(), records, total, b.links(), b.content());
    }

    private static Block b(Block b, Found found, Links links) {
        return new Block(b.day(), b.node(), b.sequence(), b.at(), found, b.records(), b.total(), links, b.content());
    }

    static void of(Checkpoint c, BiConsumer<String, Checkpoint> each) {
        Head h = c.head();
        Changed<Checkpoint> told = (column, bit, changed) -> each.accept(column + " bit " + bit, changed);
        ofText(c.node(), "node", told, v -> new Checkpoint(c.kind(), v, c.number(), h, c.key(), c.signature()));
        ofLong(c.number(), 64, "number", told, v -> new Checkpoint(c.kind(), c.node(), v, h, c.key(), c.signature()));
        ofLong(h.sequence(), 64, "sequence", told, v -> head(c, new Head(v, h.hash(), h.total(), h.at())));
        ofBytes(h.hash(), "hash", told, v -> head(c, new Head(h.sequence(), v, h.total(), h.at())));
        ofLong(h.total(), 64, "total", told, v -> head(c, new Head(h.sequence(), h.hash(), v, h.at())));
        ofLong(
                RecordLine.micros(h.at()),
                64,
                "at",
                told,
                v -> head(c, new Head(h.sequence(), h.hash(), h.total(), RecordLine.instant(v))));
        ofText(c.key(), "key", told, v -> new Checkpoint(c.kind(), c.node(), c.number(), h, v, c.signature()));
        ofBytes(c.signature(), "signature", told, v -> new Checkpoint(c.kind(), c.node(), c.number(), h, c.key(), v));
    }

    private static Checkpoint head(Checkpoint c, Head head) {
        return new Checkpoint(c.kind(), c.node(), c.number(), head, c.key(), c.signature());
    }

    private static <T> void ofLong(long value, int bits, String column, Changed<T> each, Function<Long, T> made) {
        for (int bit = 0; bit < bits; bit++) {
            T changed;
            try {
                changed = made.apply(value ^ 1L << bit);
            } catch (DateTimeException e) {
                continue; // no such time: a database would not have it either
            }
            each.accept(column, bit, changed);
        }
    }

    private static <T> void ofText(String text, String column, Changed<T> each, Function<String, T> made) {
        ofBytes(
                text.getBytes(StandardCharsets.ISO_8859_1),
                column,
                each,
                bytes -> made.apply(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static <T> void ofBytes(byte[] bytes, String column, Changed<T> each, Function<byte[], T> made) {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            each.accept(column, bit, made.apply(changed));
        }
    }

    /** Is told of one change. */
    interface Changed<T> {
        void accept(String column, int bit, T changed);
    }
}

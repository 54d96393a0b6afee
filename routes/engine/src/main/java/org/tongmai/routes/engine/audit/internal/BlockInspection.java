package org.tongmai.routes.engine.audit.internal;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.tongmai.routes.engine.audit.AuditFinding.Kind;
import org.tongmai.routes.engine.audit.AuditRecord;

/**
 * Makes a block's hash anew from its records and says what does not fit first.
 *
 * @param computed the hash that the records and columns give
 * @param wrong what is wrong, or null
 */
record BlockInspection(byte[] computed, Wrong wrong) {

    private static final HexFormat HEX = HexFormat.of();

    /** The first record that is not the marked one, with the marks; its number is 0 where all are. */
    private record Different(int record, String found, String expected) {
        static final Different NONE = new Different(0, "", "");
    }

    /** @param record from 1; 0 for the block as a whole */
    record Wrong(Kind kind, int record, String detail) {}

    /** @param before hash of the block before, from which the chain of records starts */
    static BlockInspection of(Block block, byte[] before) {
        BlockContent.Lines content = BlockContent.unpack(block.content());
        List<byte[]> lines = content.lines();
        byte[] link = before;
        Different different = Different.NONE;
        for (int i = 0; i < lines.size(); i++) {
            link = BlockChain.link(link, lines.get(i));
            if (different.record() == 0 && !marked(block.links().marks(), i, link)) {
                different =
                        new Different(i + 1, mark(link, 0), mark(block.links().marks(), i));
            }
        }
        byte[] computed = BlockChain.seal(link, block);
        boolean intact = Arrays.equals(computed, block.hash());
        Wrong wrong = intact ? beside(block, lines, different.record()) : within(block, lines, different, computed);
        return new BlockInspection(computed, wrong);
    }

    /** The hash does not fit: where the first difference is. */
    private static Wrong within(Block block, List<byte[]> lines, Different different, byte[] computed) {
        int marks = block.links().marks().length / BlockChain.MARK_BYTES;
        if (different.record() > 0 && different.record() <= marks) {
            return new Wrong(
                    Kind.RECORD,
                    different.record(),
                    "another digest than was written. found: " + different.found() + "; expected: "
                            + different.expected());
        }
        if (lines.size() != marks) {
            return new Wrong(
                    Kind.RECORD,
                    Math.min(lines.size(), marks) + 1,
                    "found: " + lines.size() + " records; expected: " + marks);
        }
        return new Wrong(
                Kind.BLOCK,
                0,
                "every record fits; the block's hash, number, time, counts or packing do not. found: "
                        + HEX.formatHex(computed) + "; expected: " + HEX.formatHex(block.hash()));
    }

    private static String mark(byte[] bytes, int index) {
        int at = index * BlockChain.MARK_BYTES;
        return HEX.formatHex(bytes, Math.min(at, bytes.length), Math.min(at + BlockChain.MARK_BYTES, bytes.length));
    }

    /** The hash fits: whether what it does not cover does. */
    private static Wrong beside(Block block, List<byte[]> lines, int different) {
        byte[] marks = block.links().marks();
        if (different > 0 || marks.length != lines.size() * BlockChain.MARK_BYTES) {
            return new Wrong(Kind.MARK, different, "the record is the one that was written, its mark is not");
        }
        Derived derived = new Derived();
        try {
            for (byte[] line : lines) {
                AuditRecord record = RecordLine.read(line);
                derived.add(record);
            }
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return new Wrong(
                    Kind.RECORD,
                    0,
                    "written as it is, but no record: " + e.getClass().getSimpleName());
        }
        String column = column(block, derived.found());
        return column.isEmpty()
                ? null
                : new Wrong(Kind.COLUMN, 0, "the column " + column + " does not fit the records");
    }

    private static String column(Block block, Block.Found expected) {
        Block.Found found = block.found();
        if (!block.day().equals(Block.dayOf(block.at()))) {
            return "day";
        }
        if (!found.firstAt().equals(expected.firstAt())) {
            return "first_at";
        }
        if (!found.lastAt().equals(expected.lastAt())) {
            return "last_at";
        }
        if (found.kinds() != expected.kinds()) {
            return "kinds";
        }
        return Arrays.equals(found.terms(), expected.terms()) ? "" : "terms";
    }

    private static boolean marked(byte[] marks, int index, byte[] link) {
        int at = index * BlockChain.MARK_BYTES;
        return at + BlockChain.MARK_BYTES <= marks.length
                && Arrays.equals(marks, at, at + BlockChain.MARK_BYTES, link, 0, BlockChain.MARK_BYTES);
    }
}

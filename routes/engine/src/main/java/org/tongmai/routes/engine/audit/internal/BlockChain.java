package org.tongmai.routes.engine.audit.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.audit.internal.Block.Found;
import org.tongmai.routes.engine.audit.internal.Block.Links;
import org.tongmai.standards.crypto.Sm3;

/**
 * How a block is made of records. With h(0) the hash of the block before:
 *
 * <pre>
 * h(i)  = SM3( h(i-1) ‖ line i )
 * hash  = SM3( h(n) ‖ head ‖ SM3(content) )
 * head  = "tongmai-audit-block-1 TAB node TAB sequence TAB at in microseconds TAB n TAB total LF"
 * mark i = the first four bytes of h(i)
 * </pre>
 *
 * A mark only tells which record was changed; that one was changed is said by the hash, whole.
 */
final class BlockChain {
    static final int HASH_BYTES = 32;
    static final int MARK_BYTES = 4;

    private static final String DOMAIN = "tongmai-audit-block-1";

    private final String node;
    private final BlockContent content = new BlockContent();

    BlockChain(String node) {
        this.node = node;
    }

    /** Makes the block that follows the head; not for several threads at once. */
    Block next(Head head, Instant at, List<Entry> entries) {
        byte[] link = head.hash();
        byte[] marks = new byte[entries.size() * MARK_BYTES];
        Derived derived = new Derived();
        for (int i = 0; i < entries.size(); i++) {
            link = link(link, entries.get(i).line());
            System.arraycopy(link, 0, marks, i * MARK_BYTES, MARK_BYTES);
            derived.add(entries.get(i).record());
        }
        byte[] packed = content.pack(entries.stream().map(Entry::line).toList());
        Found found = derived.found();
        long sequence = head.sequence() + 1;
        long total = head.total() + entries.size();
        Block open = new Block(
                Block.dayOf(at),
                node,
                sequence,
                at,
                found,
                entries.size(),
                total,
                new Links(head.hash(), link, marks),
                packed);
        return new Block(
                open.day(),
                node,
                sequence,
                at,
                found,
                open.records(),
                total,
                new Links(head.hash(), seal(link, open), marks),
                packed);
    }

    /** h(i) of h(i-1) and a line. */
    static byte[] link(byte[] before, byte[] line) {
        byte[] both = new byte[before.length + line.length];
        System.arraycopy(before, 0, both, 0, before.length);
        System.arraycopy(line, 0, both, before.length, line.length);
        return Sm3.digest(both);
    }

    /** The hash of a block whose last record's link is given. */
    static byte[] seal(byte[] lastLink, Block block) {
        String head = DOMAIN
                + '\t'
                + block.node()
                + '\t'
                + block.sequence()
                + '\t'
                + RecordLine.micros(block.at())
                + '\t'
                + block.records()
                + '\t'
                + block.total()
                + '\n';
        byte[] header = head.getBytes(StandardCharsets.UTF_8);
        byte[] digest = Sm3.digest(block.content());
        byte[] all = new byte[lastLink.length + header.length + digest.length];
        System.arraycopy(lastLink, 0, all, 0, lastLink.length);
        System.arraycopy(header, 0, all, lastLink.length, header.length);
        System.arraycopy(digest, 0, all, lastLink.length + header.length, digest.length);
        return Sm3.digest(all);
    }
}

package org.tongmai.adapters.hl7mllp.internal;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tongmai.standards.error.Issue;

/** One message, or what is left of a frame that can not be taken, and the place its answer goes to. */
public final class InboundMessage {
    private static final int LONGEST_HEADER = 1024;

    private final byte[] content;
    private final ReplySlot slot;
    private final int part;
    private final Issue broken;
    private final Instant receivedAt = Instant.now();

    InboundMessage(byte[] content, ReplySlot slot, int part) {
        this(content, slot, part, null);
    }

    private InboundMessage(byte[] content, ReplySlot slot, int part, Issue broken) {
        this.content = content;
        this.slot = slot;
        this.part = part;
        this.broken = broken;
    }

    /** A message that came by no connection: a sample, or one of the journal. Its answer is the body. */
    public static InboundMessage withoutConnection(byte[] content) {
        return new InboundMessage(content, null, 0, null);
    }

    /** Says whether a connection waits for the answer. */
    public boolean connected() {
        return slot != null;
    }

    /** Of a broken frame nothing is kept but its header, which says whom to answer and where to look for the sender. */
    static InboundMessage refused(Frame.Broken frame, ReplySlot slot) {
        byte[] head = frame.head();
        int end = 0;
        while (end < head.length && head[end] != '\r' && head[end] != '\n') {
            end++;
        }
        int kept = end == head.length ? Math.min(end, LONGEST_HEADER) : end;
        return new InboundMessage(Arrays.copyOf(head, kept), slot, 0, frame.reason());
    }

    /** Why its frame could not be taken. */
    public Optional<Issue> broken() {
        return Optional.ofNullable(broken);
    }

    /** The bytes of the message alone, without marks or batch segments. */
    public byte[] content() {
        return content;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    /** Says whether its connection has ended, so that no answer can reach the sender. */
    public boolean abandoned() {
        return slot != null && slot.abandoned();
    }

    ReplySlot slot() {
        return slot;
    }

    int part() {
        return part;
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "InboundMessage[" + content.length + " bytes]";
    }
}

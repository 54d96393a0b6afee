package org.tongmai.adapters.hl7mllp.internal;

import java.time.Instant;

/** One message as it came off a connection, and the place its answer goes to. */
public final class InboundMessage {
    private final byte[] content;
    private final ReplySlot slot;
    private final int part;
    private final Instant receivedAt = Instant.now();

    InboundMessage(byte[] content, ReplySlot slot, int part) {
        this.content = content;
        this.slot = slot;
        this.part = part;
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
        return slot.abandoned();
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

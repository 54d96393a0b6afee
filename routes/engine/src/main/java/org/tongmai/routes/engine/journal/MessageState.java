package org.tongmai.routes.engine.journal;

import java.util.EnumSet;
import java.util.Set;

/** Where a message is on its way. A crash is a transition too: what it leaves behind is taken up again. */
public enum MessageState {
    /** Durable, nobody works on it yet. */
    RECEIVED(1),
    /** A node maps it. */
    PROCESSING(2),
    /** Mapped and stored; deliveries are under way. */
    STORED(3),
    /** Stored, and every delivery of it is settled (or there was none to make). */
    DELIVERED(4),
    /** Not taken; the sender was told why. */
    REFUSED(5),
    /** Accepted, but processing failed or a delivery of it is parked: waits for a person. */
    PARKED(6);

    private final int code;

    MessageState(int code) {
        this.code = code;
    }

    /** The number in the database; never changes. */
    public int code() {
        return code;
    }

    public static MessageState ofCode(int code) {
        for (MessageState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("state code: " + code + " (expected: 1 to 6)");
    }

    /** The states that may follow this one. */
    public Set<MessageState> next() {
        return switch (this) {
            case RECEIVED -> EnumSet.of(PROCESSING, STORED, DELIVERED, REFUSED, PARKED);
            case PROCESSING -> EnumSet.of(RECEIVED, STORED, DELIVERED, REFUSED, PARKED);
            case STORED -> EnumSet.of(DELIVERED, PARKED);
            case PARKED -> EnumSet.of(RECEIVED, STORED, DELIVERED);
            case DELIVERED, REFUSED -> EnumSet.noneOf(MessageState.class);
        };
    }
}

package org.tongmai.routes.engine.delivery;

import java.util.EnumSet;
import java.util.Set;

/** Where one delivery of one message to one destination is. */
public enum DeliveryState {
    /** In the outbox; not tried, or to be tried again at its time. */
    WAITING(1),
    /** On its way: tried now, or was when the node died. */
    SENDING(2),
    /** The destination has it and said so. */
    DELIVERED(3),
    /** Given up with a cause; waits for a person. */
    PARKED(4),
    /** A person decided that it is not to be delivered. */
    DISCARDED(5);

    private final int code;

    DeliveryState(int code) {
        this.code = code;
    }

    /** The number in the database; never changes. */
    public int code() {
        return code;
    }

    /** The states that may follow this one. */
    public Set<DeliveryState> next() {
        return switch (this) {
            case WAITING -> EnumSet.of(SENDING, PARKED, DISCARDED);
            case SENDING -> EnumSet.of(WAITING, DELIVERED, PARKED);
            case PARKED -> EnumSet.of(WAITING, DISCARDED);
            case DELIVERED, DISCARDED -> EnumSet.noneOf(DeliveryState.class);
        };
    }

    public static DeliveryState ofCode(int code) {
        for (DeliveryState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new IllegalArgumentException("state code: " + code + " (expected: 1 to 5)");
    }
}

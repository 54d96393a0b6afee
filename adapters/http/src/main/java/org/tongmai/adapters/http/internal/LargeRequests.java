package org.tongmai.adapters.http.internal;

import org.apache.camel.CamelContext;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.LargeContents;
import org.tongmai.standards.exchange.Spool;

/**
 * Which requests a listener puts into files.
 *
 * @param spool where to; null for nowhere
 * @param who says which
 * @param door what the listener is called there
 */
record LargeRequests(Spool spool, LargeContents who, String door) {
    private static final LargeRequests NONE = new LargeRequests(null, null, "");

    /** @param door empty where all contents are held in memory */
    static LargeRequests of(String door, CamelContext camel) {
        return door.isEmpty()
                ? NONE
                : new LargeRequests(only(Spool.class, camel), only(LargeContents.class, camel), door);
    }

    /** The one in Camel's registry. */
    static <T> T only(Class<T> type, CamelContext camel) {
        T found = camel.getRegistry().findSingleByType(type);
        if (found == null) {
            throw new IllegalStateException(
                    "no " + type.getSimpleName() + " in the Camel registry (expected: exactly one)");
        }
        return found;
    }

    /** Bytes from which on {@link #most} is asked. */
    long above() {
        return spool == null ? Long.MAX_VALUE : spool.above();
    }

    /** What can never have room is too large, and not to be sent again. */
    long most(HttpCall head) {
        return spool == null ? 0 : Math.min(who.most(door, head), spool.share());
    }
}

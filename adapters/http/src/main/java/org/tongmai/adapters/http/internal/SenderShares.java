package org.tongmai.adapters.http.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.standards.exchange.AddressBlock;

/**
 * What each sender holds of what all may hold together: a quarter at most, or one thing that is larger, once more than half is
 * held, so that one alone takes nobody's room.
 */
final class SenderShares {
    private static final int SENDERS_AT_ONCE = 4;

    private final long most;
    private final long plenty;
    private final AtomicLong together = new AtomicLong();
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    /**
     * @param all what all may hold
     * @param one what a sender may hold piece by piece, also where that is more than a quarter
     */
    SenderShares(long all, long one) {
        this.most = Math.max(all / SENDERS_AT_ONCE, one);
        this.plenty = all / 2;
    }

    /** @param caller numeric address */
    boolean take(String caller, long count) {
        long has = held.merge(AddressBlock.sender(caller), count, Long::sum);
        if (together.addAndGet(count) > plenty && has > count && has > most) {
            give(caller, count);
            return false;
        }
        return true;
    }

    void give(String caller, long count) {
        together.addAndGet(-count);
        held.computeIfPresent(AddressBlock.sender(caller), (sender, has) -> has <= count ? null : has - count);
    }
}

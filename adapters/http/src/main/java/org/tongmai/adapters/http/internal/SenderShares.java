package org.tongmai.adapters.http.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tongmai.standards.exchange.AddressBlock;

/** What each sender holds of what all may hold together: a quarter at most, so that one alone takes nobody's room. */
final class SenderShares {
    private static final int SENDERS_AT_ONCE = 4;

    private final long most;
    private final Map<String, Long> held = new ConcurrentHashMap<>();

    /**
     * @param all what all may hold
     * @param one what any one request may hold, also where that is more than a quarter
     */
    SenderShares(long all, long one) {
        this.most = Math.max(all / SENDERS_AT_ONCE, one);
    }

    /** @param caller numeric address */
    boolean take(String caller, long count) {
        if (held.merge(AddressBlock.sender(caller), count, Long::sum) > most) {
            give(caller, count);
            return false;
        }
        return true;
    }

    void give(String caller, long count) {
        held.computeIfPresent(AddressBlock.sender(caller), (sender, has) -> has <= count ? null : has - count);
    }
}

package org.tongmai.console.server.account.internal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Standings;

/** Asks the database for generations of accounts, and keeps the answers for a moment. */
public final class LiveAccounts implements Standings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveAccounts.class);
    /** A change on another node counts here after this. */
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private static final long GONE = -1;
    private static final long UNKNOWN = -2;

    private final JdbcClient jdbc;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    public LiveAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Standing of(String account, long generation) {
        Seen last = seen.get(account);
        boolean fresh = last != null && System.nanoTime() - last.at() < FRESH;
        // Another generation may be a login that is younger than what was seen.
        if (!fresh || last.generation() != generation && last.generation() != UNKNOWN) {
            last = new Seen(read(account), System.nanoTime());
            seen.put(account, last);
        }
        if (last.generation() == UNKNOWN) {
            return Standing.UNKNOWN;
        }
        return last.generation() == generation ? Standing.GOOD : Standing.ENDED;
    }

    private long read(String account) {
        try {
            return jdbc.sql("select generation from console.account where name = ? and enabled")
                    .param(account)
                    .query(Long.class)
                    .optional()
                    .orElse(GONE);
        } catch (DataAccessException away) {
            LOG.warn("{} {}", ConsoleError.ACCOUNTS_AWAY.code(), ConsoleError.ACCOUNTS_AWAY.summary());
            return UNKNOWN;
        }
    }

    /** Looks anew the next time. */
    public void forget(String account) {
        seen.remove(account);
    }

    private record Seen(long generation, long at) {}
}

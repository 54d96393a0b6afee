package org.tongmai.console.server.account.internal;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Standings;

/** Asks the database for generations of accounts and their open sessions, and keeps the answers for a moment. */
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
    public Standing of(String account, long generation, UUID session) {
        Seen last = seen.get(account);
        boolean fresh = last != null && System.nanoTime() - last.at() < FRESH;
        // What was not seen may be a login that is younger.
        if (!fresh || !last.has(generation, session) && last.generation() != UNKNOWN) {
            last = read(account);
            seen.put(account, last);
        }
        if (last.generation() == UNKNOWN) {
            return Standing.UNKNOWN;
        }
        return last.has(generation, session) ? Standing.GOOD : Standing.ENDED;
    }

    private Seen read(String account) {
        Set<UUID> sessions = new HashSet<>();
        long[] generation = {GONE};
        try {
            jdbc.sql("select a.generation, s.id from console.account a left join console.session s"
                            + " on s.account = a.name and s.generation = a.generation where a.name = ? and a.enabled")
                    .param(account)
                    .query(row -> {
                        generation[0] = row.getLong(1);
                        sessions.add(row.getObject(2, UUID.class));
                    });
        } catch (DataAccessException away) {
            LOG.warn("{} {}", ConsoleError.ACCOUNTS_AWAY.code(), ConsoleError.ACCOUNTS_AWAY.summary());
            generation[0] = UNKNOWN;
        }
        return new Seen(generation[0], sessions, System.nanoTime());
    }

    /** Looks anew the next time. */
    public void forget(String account) {
        seen.remove(account);
    }

    private record Seen(long generation, Set<UUID> sessions, long at) {
        boolean has(long wanted, UUID session) {
            return generation == wanted && (session == null || sessions.contains(session));
        }
    }
}

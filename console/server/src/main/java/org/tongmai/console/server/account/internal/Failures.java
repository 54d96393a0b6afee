package org.tongmai.console.server.account.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.SignIns;

/**
 * Counts wrong passwords and codes of an account, and locks it: each lock twice as long as the one before, up to sixteen
 * times. A day after the last failure, or after the lock it led to, what was before counts no more: whoever guesses gains
 * nothing by that, and who was locked by others is not locked by one mistake.
 */
public final class Failures {
    private static final int MOST_DOUBLINGS = 4;
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final ConsoleSettings settings;
    private final SignIns signIns;
    private final InstantSource clock;

    public Failures(JdbcClient jdbc, ConsoleSettings settings, SignIns signIns, InstantSource clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.signIns = signIns;
        this.clock = clock;
    }

    void count(String account) {
        Instant now = clock.instant();
        int failures = jdbc.sql("update console.account set failed_at = ?, failed_attempts ="
                        + " case when greatest(failed_at, locked_until) < ? then 1 else failed_attempts + 1 end"
                        + " where name = ? returning failed_attempts")
                .param(Timestamp.from(now))
                .param(Timestamp.from(now.minus(REMEMBERED)))
                .param(account)
                .query(Integer.class)
                .single();
        int beyond = failures - settings.failuresBeforeLock();
        if (beyond >= 0) {
            Duration lock = settings.lock().multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
            jdbc.sql("update console.account set locked_until = ? where name = ?")
                    .param(Timestamp.from(now.plus(lock)))
                    .param(account)
                    .update();
            signIns.locked(account);
        }
    }
}

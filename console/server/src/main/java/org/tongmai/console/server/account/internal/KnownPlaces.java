package org.tongmai.console.server.account.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Networks an account logged in from lately. Its lock does not hold there: who guesses from elsewhere keeps nobody out, and
 * stops no machine. As many failures there as lock an account, and the network is like any other until the next login.
 */
public final class KnownPlaces {
    private static final Duration REMEMBERED = Duration.ofDays(30);
    /** A login writes no more often. */
    private static final Duration REFRESHED = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final int most;
    private final InstantSource clock;

    /** @param most failures that lock an account */
    public KnownPlaces(JdbcClient jdbc, int most, InstantSource clock) {
        this.jdbc = jdbc;
        this.most = most;
        this.clock = clock;
    }

    boolean has(String account, String network) {
        return jdbc.sql(
                        "select 1 from console.known_place where account = ? and network = ? and at > ? and failures < ?")
                .params(account, network, before(REMEMBERED), most)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void loggedIn(String account, String network) {
        int written = jdbc.sql("insert into console.known_place as known (account, network, at) values (?, ?, ?)"
                        + " on conflict (account, network) do update set at = excluded.at, failures = 0"
                        + " where known.at < ? or known.failures > 0")
                .params(account, network, Timestamp.from(clock.instant()), before(REFRESHED))
                .update();
        if (written > 0) {
            jdbc.sql("delete from console.known_place where at < ?")
                    .param(before(REMEMBERED))
                    .update();
        }
    }

    void failed(String account, String network) {
        jdbc.sql("update console.known_place set failures = failures + 1 where account = ? and network = ?")
                .params(account, network)
                .update();
    }

    private Timestamp before(Duration time) {
        return Timestamp.from(clock.instant().minus(time));
    }
}

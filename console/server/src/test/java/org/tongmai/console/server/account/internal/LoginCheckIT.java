package org.tongmai.console.server.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Logins.Attempt;
import org.tongmai.console.server.account.Logins.Verdict;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.sample.RunningConsole;

/** What a wrong password costs who types it, and whose account it is. */
class LoginCheckIT {
    private final RunningConsole console = RunningConsole.shared();
    private final Accounts accounts = console.bean(Accounts.class);
    private final JdbcClient jdbc = JdbcClient.create(console.bean(DataSource.class));

    private Verdict verdict(LoginCheck logins, String name, String password) {
        return logins.check(new Attempt(name, password, "", "")).verdict();
    }

    /** So many failures, the lock of the last ended so many hours ago. */
    private void failed(String name, int failures, int hoursAgo) {
        jdbc.sql("update console.account set failed_attempts = ?, locked_until = now() - make_interval(hours => ?),"
                        + " failed_at = now() - make_interval(hours => ?) where name = ?")
                .params(failures, hoursAgo, hoursAgo + 1, name)
                .update();
    }

    private Account account(String name) {
        return accounts.find(name).orElseThrow();
    }

    @Test
    void a_locked_account_has_a_password_hashed_as_one_that_is_not_there() {
        AtomicInteger hashed = new AtomicInteger();
        Passwords counting = new Passwords(jdbc, new BCryptPasswordEncoder() {
            @Override
            public boolean matches(CharSequence password, String hash) {
                hashed.incrementAndGet();
                return super.matches(password, hash);
            }
        });
        LoginCheck logins = new LoginCheck(new LoginCheck.Parts(
                accounts, counting, console.bean(TotpFactors.class), console.bean(Failures.class)));
        String right = console.person("long-locked", Role.VIEWER);
        failed("long-locked", 3, -1);
        assertThat(verdict(logins, "not-there", "wrong")).isEqualTo(Verdict.WRONG);
        assertThat(hashed).hasValue(1);
        assertThat(verdict(logins, "long-locked", "wrong")).isEqualTo(Verdict.WRONG);
        assertThat(hashed).hasValue(2);
        assertThat(verdict(logins, "long-locked", right)).isEqualTo(Verdict.WRONG);
        assertThat(account("long-locked").locking().failedAttempts())
                .as("while it is locked nothing is counted")
                .isEqualTo(3);
    }

    @Test
    void a_day_after_its_lock_failures_count_no_more_and_before_that_one_locks_again() {
        LoginCheck logins = console.bean(LoginCheck.class);
        console.person("once-locked", Role.VIEWER);
        failed("once-locked", 40, 23);
        verdict(logins, "once-locked", "wrong");
        assertThat(account("once-locked").lockedAt(Instant.now())).isTrue();
        assertThat(account("once-locked").locking().failedAttempts()).isEqualTo(41);

        failed("once-locked", 40, 25);
        verdict(logins, "once-locked", "wrong");
        assertThat(account("once-locked").lockedAt(Instant.now())).isFalse();
        assertThat(account("once-locked").locking().failedAttempts()).isEqualTo(1);
    }
}

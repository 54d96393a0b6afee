package org.tongmai.console.server.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Logins.Attempt;
import org.tongmai.console.server.account.Logins.Verdict;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.standards.error.CodedException;

/** What a wrong password costs who types it, and whose account it is. */
class LoginCheckIT {
    private final RunningConsole console = RunningConsole.shared();
    private final Accounts accounts = console.bean(Accounts.class);
    private final JdbcClient jdbc = JdbcClient.create(console.bean(DataSource.class));

    private Verdict verdict(LoginCheck logins, String name, String password) {
        return verdict(logins, name, password, "");
    }

    private Verdict verdict(LoginCheck logins, String name, String password, String address) {
        return logins.check(new Attempt(name, password, "", address)).verdict();
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
                accounts,
                counting,
                console.bean(TotpFactors.class),
                console.bean(Failures.class),
                console.bean(LoginCheck.Guessing.class)));
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

    @Test
    void a_lock_that_somebody_else_caused_does_not_hold_where_the_account_logged_in_from() {
        LoginCheck logins = console.bean(LoginCheck.class);
        String right = console.person("besieged", Role.VIEWER);
        assertThat(verdict(logins, "besieged", right, "10.1.0.1")).isEqualTo(Verdict.RIGHT);
        failed("besieged", 40, -1);

        assertThat(verdict(logins, "besieged", right, "10.1.0.1")).isEqualTo(Verdict.RIGHT);
        assertThat(verdict(logins, "besieged", right, "10.66.0.1")).isEqualTo(Verdict.WRONG);
        assertThat(account("besieged").lockedAt(Instant.now()))
                .as("it goes on elsewhere")
                .isTrue();
        for (int i = 0; i < 40; i++) {
            verdict(logins, "besieged", "wrong", "10.1.0.1");
        }
        assertThat(verdict(logins, "besieged", right, "10.1.0.1"))
                .as("who guesses there is held up there as well")
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void who_is_locked_by_others_is_believed_the_present_password_where_a_login_would_be_and_nowhere_else() {
        LoginCheck logins = console.bean(LoginCheck.class);
        String right = console.person("besieged-inside", Role.VIEWER);
        assertThat(verdict(logins, "besieged-inside", right, "10.3.0.1")).isEqualTo(Verdict.RIGHT);
        failed("besieged-inside", 40, -1);

        logins.demandPassword(new Attempt("besieged-inside", right, "", "10.3.0.1"));
        assertThatThrownBy(() -> logins.demandPassword(new Attempt("besieged-inside", right, "", "10.66.0.1")))
                .isInstanceOf(CodedException.class);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> logins.demandPassword(new Attempt("besieged-inside", "wrong", "", "10.3.0.1")))
                    .isInstanceOf(CodedException.class);
        }
        assertThatThrownBy(() -> logins.demandPassword(new Attempt("besieged-inside", right, "", "10.3.0.1")))
                .as("who guesses there is held up there as well")
                .isInstanceOf(CodedException.class);
    }

    @Test
    void of_a_network_whose_logins_fail_by_the_dozen_nothing_is_hashed_for_a_while_but_of_others_it_is() {
        LoginCheck logins = new LoginCheck(new LoginCheck.Parts(
                accounts,
                new Passwords(jdbc, new BCryptPasswordEncoder()),
                console.bean(TotpFactors.class),
                console.bean(Failures.class),
                new LoginCheck.Guessing(console.bean(LoginCheck.Guessing.class).places(), new Floods(2))));
        String right = console.person("neighbour", Role.VIEWER);
        verdict(logins, "not-there", "wrong", "2001:db8:0:1::1");
        verdict(logins, "not-there", "wrong", "2001:db8:0:1::2");

        assertThatThrownBy(() -> verdict(logins, "neighbour", right, "2001:db8:0:1::3"))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ConsoleError.TOO_MANY_LOGINS));
        assertThat(verdict(logins, "neighbour", right, "2001:db8:0:2::3")).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void where_a_flood_comes_from_a_wrong_password_is_answered_alike_whether_the_account_is_there_or_not() {
        LoginCheck logins = new LoginCheck(new LoginCheck.Parts(
                accounts,
                new Passwords(jdbc, new BCryptPasswordEncoder()),
                console.bean(TotpFactors.class),
                console.bean(Failures.class),
                new LoginCheck.Guessing(console.bean(LoginCheck.Guessing.class).places(), new Floods(2))));
        String right = console.person("resident", Role.VIEWER);
        assertThat(verdict(logins, "resident", right, "10.3.0.1")).isEqualTo(Verdict.RIGHT);
        verdict(logins, "not-there", "wrong", "10.3.0.1");
        verdict(logins, "not-there", "wrong", "10.3.0.1");

        for (String name : List.of("resident", "Resident", "viewer", "not-there")) {
            assertThatThrownBy(() -> verdict(logins, name, "wrong", "10.3.0.1"))
                    .as(name)
                    .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                            .isEqualTo(ConsoleError.TOO_MANY_LOGINS));
        }
        assertThat(account("resident").locking().failedAttempts())
                .as("what nobody judged does not count")
                .isZero();
        assertThat(verdict(logins, "resident", right, "10.3.0.1"))
                .as("who lives there comes in all the same")
                .isEqualTo(Verdict.RIGHT);
    }

    @Test
    void a_name_that_no_account_can_have_is_one_that_is_not_there_and_counts_as_such() {
        LoginCheck logins = new LoginCheck(new LoginCheck.Parts(
                accounts,
                new Passwords(jdbc, new BCryptPasswordEncoder()),
                console.bean(TotpFactors.class),
                console.bean(Failures.class),
                new LoginCheck.Guessing(console.bean(LoginCheck.Guessing.class).places(), new Floods(4))));
        for (String name : List.of("vie\0wer", "\ud800", "\u212aernel", "")) {
            assertThat(verdict(logins, name, "wrong", "10.4.0.1")).isEqualTo(Verdict.WRONG);
        }
        assertThatThrownBy(() -> verdict(logins, "not-there", "wrong", "10.4.0.1"))
                .isInstanceOf(CodedException.class);
    }

    @Test
    void who_guesses_with_many_logins_at_once_from_a_known_network_has_no_more_tries_than_one_after_the_other() {
        LoginCheck logins = console.bean(LoginCheck.class);
        String right = console.person("burst", Role.VIEWER);
        assertThat(verdict(logins, "burst", right, "10.2.0.1")).isEqualTo(Verdict.RIGHT);
        Passwords guessed = new Passwords(jdbc, new BCryptPasswordEncoder() {
            @Override
            public boolean matches(CharSequence password, String hash) {
                // What the others that wait for the hash with this one have done until it has its turn.
                jdbc.sql("update console.known_place set failures = 40 where account = 'burst'")
                        .update();
                failed("burst", 40, -1);
                return super.matches(password, hash);
            }
        });
        LoginCheck last = new LoginCheck(new LoginCheck.Parts(
                accounts,
                guessed,
                console.bean(TotpFactors.class),
                console.bean(Failures.class),
                console.bean(LoginCheck.Guessing.class)));
        assertThat(verdict(last, "burst", right, "10.2.0.1")).isEqualTo(Verdict.WRONG);
    }
}

package org.tongmai.console.server.account.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Logins;
import org.tongmai.console.server.account.SignIns;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Judges logins: password, then the second factor, a failure of either counts. */
public final class LoginCheck implements Logins {
    private static final int MOST_DOUBLINGS = 4;
    private static final Outcome WRONG = new Outcome(Verdict.WRONG, null);

    private final Parts parts;
    private final ConsoleSettings settings;
    private final InstantSource clock = InstantSource.system();

    /** What it asks. */
    public record Parts(
            JdbcClient jdbc, Accounts accounts, Passwords passwords, TotpFactors factors, SignIns signIns) {}

    public LoginCheck(Parts parts, ConsoleSettings settings) {
        this.parts = parts;
        this.settings = settings;
    }

    @Override
    public Outcome check(Attempt attempt) {
        Optional<Account> enabled = parts.accounts().find(attempt.name()).filter(Account::enabled);
        if (enabled.isPresent() && enabled.get().lockedAt(clock.instant())) {
            return WRONG;
        }
        if (!parts.passwords().isPresent(AccountRows.canonical(attempt.name()), attempt.password())) {
            enabled.ifPresent(this::countFailure);
            return WRONG;
        }
        // Once more: who guesses with many requests at once has waited for the hash with all of them.
        Optional<Account> still = open(attempt.name());
        boolean same = still.isPresent()
                && enabled.isPresent()
                && still.get().generation() == enabled.get().generation();
        return same ? withSecondFactor(still.get(), attempt.code()) : WRONG;
    }

    private Optional<Account> open(String name) {
        Instant now = clock.instant();
        return parts.accounts().find(name).filter(Account::enabled).filter(account -> !account.lockedAt(now));
    }

    private Outcome withSecondFactor(Account account, String code) {
        if (account.credentials().secondFactor()) {
            if (code.isEmpty()) {
                return new Outcome(Verdict.CODE_NEEDED, null);
            }
            if (!parts.factors().use(account.name(), code)) {
                countFailure(account);
                return WRONG;
            }
        }
        if (account.locking().failedAttempts() > 0) {
            parts.accounts().unlock(account.name());
        }
        return new Outcome(Verdict.RIGHT, account);
    }

    @Override
    public void demandPassword(String name, String password) {
        Optional<Account> account = open(name);
        boolean right =
                account.isPresent() && parts.passwords().isPresent(account.get().name(), password);
        if (!right) {
            account.ifPresent(this::countFailure);
        }
        if (!right || open(name).isEmpty()) {
            throw new CodedException(Issue.of(ConsoleError.NOT_ALLOWED, "current", "expected: the present password"));
        }
    }

    private void countFailure(Account account) {
        int failures = parts.jdbc()
                .sql("update console.account set failed_attempts = failed_attempts + 1"
                        + " where name = ? returning failed_attempts")
                .param(account.name())
                .query(Integer.class)
                .single();
        int beyond = failures - settings.failuresBeforeLock();
        if (beyond >= 0) {
            Duration lock = settings.lock().multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
            parts.jdbc()
                    .sql("update console.account set locked_until = ? where name = ?")
                    .param(Timestamp.from(clock.instant().plus(lock)))
                    .param(account.name())
                    .update();
            parts.signIns().locked(account.name());
        }
    }
}

package org.tongmai.console.server.account.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Logins;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Judges logins: password, then the second factor, a failure of either counts. */
public final class LoginCheck implements Logins {
    private static final Outcome WRONG = new Outcome(Verdict.WRONG, null);

    private final Parts parts;
    private final InstantSource clock = InstantSource.system();

    /** What it asks. */
    public record Parts(Accounts accounts, Passwords passwords, TotpFactors factors, Failures failures) {}

    public LoginCheck(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Outcome check(Attempt attempt) {
        Optional<Account> enabled = parts.accounts().find(attempt.name()).filter(Account::enabled);
        // Before anything else: a locked account takes as long as one that is not there.
        boolean right = parts.passwords().isPresent(AccountRows.canonical(attempt.name()), attempt.password());
        if (enabled.isPresent() && enabled.get().lockedAt(clock.instant())) {
            return WRONG;
        }
        if (!right) {
            enabled.ifPresent(account -> parts.failures().count(account.name()));
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
                parts.failures().count(account.name());
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
            account.ifPresent(found -> parts.failures().count(found.name()));
        }
        if (!right || open(name).isEmpty()) {
            throw new CodedException(Issue.of(ConsoleError.NOT_ALLOWED, "current", "expected: the present password"));
        }
    }
}

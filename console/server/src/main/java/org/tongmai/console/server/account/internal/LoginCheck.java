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
import org.tongmai.standards.exchange.AddressBlock;

/** Judges logins: password, then the second factor, a failure of either counts. */
public final class LoginCheck implements Logins {
    private static final Outcome WRONG = new Outcome(Verdict.WRONG, null);

    private final Parts parts;
    private final InstantSource clock = InstantSource.system();

    /** What it asks. */
    public record Parts(
            Accounts accounts, Passwords passwords, TotpFactors factors, Failures failures, Guessing guessing) {}

    /** What holds those up who guess, and nobody else. */
    public record Guessing(KnownPlaces places, Floods floods) {}

    public LoginCheck(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Outcome check(Attempt attempt) {
        return withPassword(attempt)
                .map(account -> withSecondFactor(account, attempt.code(), network(attempt)))
                .orElse(WRONG);
    }

    @Override
    public void demandPassword(Attempt attempt) {
        if (withPassword(attempt).isEmpty()) {
            throw new CodedException(Issue.of(ConsoleError.NOT_ALLOWED, "current", "expected: the present password"));
        }
    }

    /** The account, if the password is right and no lock holds where the attempt comes from. */
    private Optional<Account> withPassword(Attempt attempt) {
        Optional<Account> enabled = enabled(attempt.name());
        String network = network(attempt);
        boolean known = enabled.isPresent()
                && parts.guessing().places().has(enabled.get().name(), network);
        // Before anything else: a locked account takes as long as one that is not there.
        boolean right = hasPassword(attempt, network, known);
        if (!right) {
            parts.guessing().floods().failed(network);
        }
        if (enabled.isPresent() && !known && enabled.get().lockedAt(clock.instant())) {
            return Optional.empty();
        }
        if (!right) {
            enabled.ifPresent(account -> failed(account.name(), network));
            return Optional.empty();
        }
        // Once more: who guesses with many requests at once has waited for the hash with all of them.
        boolean stillKnown =
                known && parts.guessing().places().has(enabled.get().name(), network);
        Optional<Account> still = stillKnown ? enabled(attempt.name()) : open(attempt.name());
        return still.filter(account ->
                enabled.isPresent() && account.generation() == enabled.get().generation());
    }

    private static String network(Attempt attempt) {
        return AddressBlock.sender(attempt.address());
    }

    private boolean hasPassword(Attempt attempt, String network, boolean known) {
        String name = AccountRows.canonical(attempt.name());
        // Who is known and guesses is refused like a name that is not there: the answer must not tell which there are.
        if (known && parts.passwords().wasRight(name, attempt.password())) {
            return parts.passwords().isPresentInTurn(name, attempt.password());
        }
        parts.guessing().floods().refuse(network);
        return parts.passwords().isPresent(name, attempt.password());
    }

    private void failed(String account, String network) {
        parts.failures().count(account);
        parts.guessing().places().failed(account, network);
    }

    private Optional<Account> enabled(String name) {
        return parts.accounts().find(name).filter(Account::enabled);
    }

    private Optional<Account> open(String name) {
        Instant now = clock.instant();
        return enabled(name).filter(account -> !account.lockedAt(now));
    }

    private Outcome withSecondFactor(Account account, String code, String network) {
        if (account.credentials().secondFactor()) {
            if (code.isEmpty()) {
                return new Outcome(Verdict.CODE_NEEDED, null);
            }
            if (!parts.factors().use(account.name(), code)) {
                failed(account.name(), network);
                return WRONG;
            }
        }
        parts.guessing().places().loggedIn(account.name(), network);
        // A lock that does not hold here goes on elsewhere.
        if (account.locking().failedAttempts() > 0 && !account.lockedAt(clock.instant())) {
            parts.accounts().unlock(account.name());
        }
        return new Outcome(Verdict.RIGHT, account);
    }
}

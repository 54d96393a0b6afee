package org.tongmai.console.server.account.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.AccountRules;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.LoginDetails;
import org.tongmai.console.server.account.LoginDetails.Door;
import org.tongmai.console.server.account.Logins;
import org.tongmai.console.server.account.Logins.Attempt;
import org.tongmai.console.server.account.Logins.Outcome;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.console.server.account.SignIns;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.console.server.account.Standings;
import org.tongmai.console.server.account.Standings.Standing;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Lets Spring Security ask our accounts. One answer for every refusal: nobody learns which accounts there are, and only
 * who knows the password that a one-time code is asked for.
 */
public final class AccountAuthentication implements AuthenticationProvider {
    private final Parts parts;
    private final AccountRules rules;

    /** What it asks and tells. */
    public record Parts(
            Accounts accounts,
            Logins logins,
            RememberedLogins remembered,
            Standings standings,
            SignIns signIns,
            Sessions sessions) {}

    public AccountAuthentication(Parts parts, AccountRules rules) {
        this.parts = parts;
        this.rules = rules;
    }

    @Override
    public Authentication authenticate(Authentication request) {
        LoginDetails details = (LoginDetails) request.getDetails();
        Object credentials = request.getCredentials();
        Attempt attempt = new Attempt(
                request.getName(),
                credentials == null ? "" : credentials.toString(),
                details.code(),
                details.getRemoteAddress());
        boolean form = details.door() == Door.FORM;
        Account account = form ? verified(attempt, details) : inTurn(attempt, details);
        UUID session = form ? asked(() -> parts.sessions().begin(account, attempt.address())) : null;
        SignedIn principal = SignedIn.now(account, rules.limitOf(account, Instant.now()), session);
        var answer = UsernamePasswordAuthenticationToken.authenticated(principal, null, principal.getAuthorities());
        answer.setDetails(details.withoutCode());
        return answer;
    }

    private Account rememberedOr(Attempt attempt, LoginDetails details) {
        Optional<Account> known = parts.remembered()
                .find(attempt)
                .filter(account -> parts.standings().of(account.name(), account.generation(), null) != Standing.ENDED);
        if (known.isPresent()) {
            return known.get();
        }
        Account account = verified(attempt, details);
        parts.remembered().remember(account, attempt);
        return account;
    }

    private Account inTurn(Attempt attempt, LoginDetails details) {
        if (attempt.code().isEmpty()) {
            return rememberedOr(attempt, details);
        }
        synchronized (parts.remembered().turn(attempt)) {
            return rememberedOr(attempt, details);
        }
    }

    private Account verified(Attempt attempt, LoginDetails details) {
        Outcome outcome = asked(() -> judged(attempt, details));
        switch (outcome.verdict()) {
            case RIGHT -> record(outcome.account(), details);
            case CODE_NEEDED -> {
                parts.signIns().codeNeeded(known(attempt), details);
                Issue needed = Issue.of(ConsoleError.CODE_NEEDED, "", "expected: " + LoginDetails.HEADER);
                throw new BadCredentialsException(ConsoleError.CODE_NEEDED.summary(), new CodedException(needed));
            }
            default -> {
                parts.signIns().refused(known(attempt), details);
                throw new BadCredentialsException("name or password is wrong, or the account is locked");
            }
        }
        return outcome.account();
    }

    private Outcome judged(Attempt attempt, LoginDetails details) {
        try {
            return parts.logins().check(attempt);
        } catch (CodedException refusal) {
            if (refusal.code() == ConsoleError.TOO_MANY_LOGINS) {
                parts.signIns().tooMany(details);
            }
            throw refusal;
        }
    }

    private String known(Attempt attempt) {
        return parts.accounts().find(attempt.name()).map(Account::name).orElse("");
    }

    /** What can not be judged is refused with the cause's code. */
    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CodedException failure) {
            throw new InternalAuthenticationServiceException(failure.code().summary(), failure);
        } catch (DataAccessException away) {
            Issue unknown =
                    Issue.of(ConsoleError.ACCOUNTS_AWAY, "", away.getClass().getSimpleName());
            throw new InternalAuthenticationServiceException(
                    ConsoleError.ACCOUNTS_AWAY.summary(), new CodedException(unknown, away));
        }
    }

    private void record(Account account, LoginDetails details) {
        try {
            parts.signIns().signedIn(account.name(), details);
        } catch (CodedException unrecorded) {
            throw new InternalAuthenticationServiceException(unrecorded.code().summary(), unrecorded);
        }
        asked(() -> {
            parts.accounts().loggedIn(account.name());
            return account;
        });
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}

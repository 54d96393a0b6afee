package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Limit;
import org.tongmai.console.server.account.Logins;
import org.tongmai.console.server.account.Logins.Attempt;
import org.tongmai.console.server.account.PasswordRule;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Says who is logged in, and lets them change their password and enrol a second factor, which both end their sessions; and
 * shows and ends their sessions.
 */
@RestController
@RequestMapping("/api/session")
public class SessionController {
    private final Accounts accounts;
    private final Logins logins;
    private final SecondFactors factors;
    private final Sessions sessions;

    public SessionController(Accounts accounts, Logins logins, SecondFactors factors, Sessions sessions) {
        this.accounts = accounts;
        this.logins = logins;
        this.factors = factors;
        this.sessions = sessions;
    }

    @GetMapping
    Session session(Authentication who) {
        List<String> roles = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(authority -> authority.startsWith("ROLE_"))
                .map(authority -> authority.replaceFirst("^ROLE_", ""))
                .sorted()
                .toList();
        return new Session(who.getName(), roles, ((SignedIn) who.getPrincipal()).limit());
    }

    /** The own account, and what is asked of a new password. */
    @GetMapping("/account")
    Own account(Authentication who) {
        Account account = AccountController.existing(accounts, who.getName());
        return new Own(
                account.name(),
                account.roles().stream().sorted().toList(),
                account.credentials(),
                account.person(),
                PasswordRule.IN_FORCE);
    }

    @GetMapping("/sessions")
    List<OwnSession> sessions(Authentication who) {
        UUID present = ((SignedIn) who.getPrincipal()).session();
        return sessions.of(who.getName()).stream()
                .map(open -> new OwnSession(
                        open.id(),
                        open.address(),
                        open.since(),
                        open.usedAt(),
                        open.id().equals(present)))
                .toList();
    }

    @PostMapping("/sessions/{id}/end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable UUID id, Authentication who) {
        sessions.end(who.getName(), id);
    }

    /** Ends every session of the account, this one too. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody PasswordChange change, Authentication who, HttpServletRequest request) {
        if (change.current() == null || change.replacement() == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: current and replacement"));
        }
        logins.demandPassword(attempt(request, who, change.current()));
        accounts.changePassword(who.getName(), change.replacement());
        HttpSession ended = request.getSession(false);
        if (ended != null) {
            ended.invalidate(); // found expired, it would lead to the login without a word
        }
    }

    /** Makes a secret for an authenticator; it counts once it is confirmed. */
    @PostMapping("/second-factor")
    SecondFactors.Enrolment begin(@RequestBody Present present, Authentication who, HttpServletRequest request) {
        if (present.current() == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: current"));
        }
        logins.demandPassword(attempt(request, who, present.current()));
        return factors.begin(who.getName());
    }

    /** Puts the second factor in force, and ends every session of the account, this one too. */
    @PostMapping("/second-factor/confirm")
    Recovery confirm(@RequestBody Code code, Authentication who) {
        return new Recovery(factors.confirm(who.getName(), code.code() == null ? "" : code.code()));
    }

    /** Who is logged in, once more with a password. */
    static Attempt attempt(HttpServletRequest request, Authentication who, String password) {
        return new Attempt(who.getName(), password, "", request.getRemoteAddr());
    }

    /** Who is logged in; {@code roles} includes the implied ones, {@code limit} says what has to be done first. */
    record Session(String name, List<String> roles, Limit limit) {}

    /** The own account as its user sees it. */
    record Own(
            String name,
            List<Role> roles,
            Account.Credentials credentials,
            Account.Person person,
            PasswordRule passwordRule) {}

    /** A session that can be open; {@code present} is the one that asks. */
    record OwnSession(UUID id, String address, Instant since, Instant usedAt, boolean present) {}

    /** Ten codes, told once. */
    record Recovery(List<String> recoveryCodes) {}

    /** Carries two passwords and prints neither. */
    record PasswordChange(String current, String replacement) {
        @Override
        public String toString() {
            return "PasswordChange";
        }
    }

    /** Carries a password and does not print it. */
    record Present(String current) {
        @Override
        public String toString() {
            return "Present";
        }
    }

    /** Carries a one-time code and does not print it. */
    record Code(String code) {
        @Override
        public String toString() {
            return "Code";
        }
    }
}

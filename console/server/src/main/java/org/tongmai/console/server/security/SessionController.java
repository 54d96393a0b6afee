package org.tongmai.console.server.security;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Limit;
import org.tongmai.console.server.account.Logins;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Says who is logged in, and lets them change their password and enrol a second factor; both end their sessions. */
@RestController
@RequestMapping("/api/session")
public class SessionController {
    private final Accounts accounts;
    private final Logins logins;
    private final SecondFactors factors;

    public SessionController(Accounts accounts, Logins logins, SecondFactors factors) {
        this.accounts = accounts;
        this.logins = logins;
        this.factors = factors;
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

    /** Ends every session of the account, this one too. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody PasswordChange change, Authentication who) {
        if (change.current() == null || change.replacement() == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: current and replacement"));
        }
        logins.demandPassword(who.getName(), change.current());
        accounts.changePassword(who.getName(), change.replacement());
    }

    /** Makes a secret for an authenticator; it counts once it is confirmed. */
    @PostMapping("/second-factor")
    SecondFactors.Enrolment begin(@RequestBody Present present, Authentication who) {
        if (present.current() == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: current"));
        }
        logins.demandPassword(who.getName(), present.current());
        return factors.begin(who.getName());
    }

    /** Puts the second factor in force, and ends every session of the account, this one too. */
    @PostMapping("/second-factor/confirm")
    Recovery confirm(@RequestBody Code code, Authentication who) {
        return new Recovery(factors.confirm(who.getName(), code.code() == null ? "" : code.code()));
    }

    /** Who is logged in; {@code roles} includes the implied ones, {@code limit} says what has to be done first. */
    record Session(String name, List<String> roles, Limit limit) {}

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

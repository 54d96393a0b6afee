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
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Says who is logged in, and lets them change their password. */
@RestController
@RequestMapping("/api/session")
public class SessionController {
    private final Accounts accounts;

    public SessionController(Accounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    Session session(Authentication who) {
        List<String> roles = who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .map(authority -> authority.replaceFirst("^ROLE_", ""))
                .sorted()
                .toList();
        return new Session(who.getName(), roles);
    }

    /** Ends every session of the account, this one too. */
    @PostMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody PasswordChange change, Authentication who) {
        if (change.current() == null || change.replacement() == null) {
            throw new CodedException(Issue.of(ConsoleError.BAD_BODY, "", "expected: current and replacement"));
        }
        if (accounts.verify(who.getName(), change.current()).isEmpty()) {
            throw new CodedException(Issue.of(ConsoleError.NOT_ALLOWED, "current", "not the current password"));
        }
        accounts.changePassword(who.getName(), change.replacement());
    }

    /** Who is logged in; {@code roles} includes the implied ones. */
    record Session(String name, List<String> roles) {}

    /** Carries two passwords and prints neither. */
    record PasswordChange(String current, String replacement) {
        @Override
        public String toString() {
            return "PasswordChange";
        }
    }
}

package org.tongmai.console.server.security;

import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Sessions;

/** The sessions of an account, for the security administrator. */
@RestController
@RequestMapping("/api/accounts/{name}/sessions")
public class AccountSessionsController {
    private final Accounts accounts;
    private final Sessions sessions;

    public AccountSessionsController(Accounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    @GetMapping
    List<Sessions.Open> all(@PathVariable String name) {
        return sessions.of(AccountController.existing(accounts, name).name());
    }

    @PostMapping("/{id}/end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable String name, @PathVariable UUID id) {
        sessions.end(AccountController.existing(accounts, name).name(), id);
    }
}

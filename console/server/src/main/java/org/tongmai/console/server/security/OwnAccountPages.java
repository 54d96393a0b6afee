package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Limit;
import org.tongmai.console.server.account.Logins;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.console.server.security.Pages.Notice;
import org.tongmai.standards.error.CodedException;

/** The pages on which people change their password and enrol a second factor: all that a limited login shows. */
@RestController
public class OwnAccountPages {
    static final String PASSWORD = "/own/password";
    static final String SECOND_FACTOR = "/own/second-factor";

    private final Pages pages;
    private final Accounts accounts;
    private final Logins logins;
    private final SecondFactors factors;

    OwnAccountPages(Pages pages, Accounts accounts, Logins logins, SecondFactors factors) {
        this.pages = pages;
        this.accounts = accounts;
        this.logins = logins;
        this.factors = factors;
    }

    @GetMapping(PASSWORD)
    ResponseEntity<String> password(HttpServletRequest request, Authentication who) {
        boolean must = ((SignedIn) who.getPrincipal()).limit() == Limit.CHANGE_PASSWORD;
        return pages.page(
                request, "password", must ? new Notice("password-must", Notice.Kind.STATUS) : Notice.NONE, Map.of());
    }

    @PostMapping(PASSWORD)
    ResponseEntity<String> changePassword(
            HttpServletRequest request,
            Authentication who,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String replacement) {
        if (!replacement.equals(request.getParameter("again"))) {
            return refused(request, "password", new Notice("password-differs", Notice.Kind.ALERT));
        }
        try {
            logins.demandPassword(SessionController.attempt(request, who, current));
            accounts.changePassword(who.getName(), replacement);
        } catch (CodedException refusal) {
            return refused(request, "password", refusal);
        }
        request.getSession().invalidate(); // it has ended; found expired, it would lead to the login without a word
        return ResponseEntity.status(302)
                .header("Location", request.getContextPath() + "/login?changed")
                .build();
    }

    @GetMapping(SECOND_FACTOR)
    ResponseEntity<String> secondFactor(HttpServletRequest request, Authentication who) {
        boolean must = ((SignedIn) who.getPrincipal()).limit() == Limit.ENROL_SECOND_FACTOR;
        return pages.page(
                request, "factor", must ? new Notice("factor-must", Notice.Kind.STATUS) : Notice.NONE, Map.of());
    }

    @PostMapping(SECOND_FACTOR)
    ResponseEntity<String> begin(
            HttpServletRequest request, Authentication who, @RequestParam(defaultValue = "") String current) {
        try {
            logins.demandPassword(SessionController.attempt(request, who, current));
            SecondFactors.Enrolment enrolment = factors.begin(who.getName());
            return pages.page(
                    request,
                    "factor-confirm",
                    Notice.NONE,
                    Map.of("secret", enrolment.secret().replaceAll("(.{4})(?!$)", "$1 "), "uri", enrolment.uri()));
        } catch (CodedException refusal) {
            return refused(request, "factor", refusal);
        }
    }

    @PostMapping(SECOND_FACTOR + "/confirm")
    ResponseEntity<String> confirm(
            HttpServletRequest request, Authentication who, @RequestParam(defaultValue = "") String code) {
        try {
            String codes = String.join("\n", factors.confirm(who.getName(), code.strip()));
            return pages.page(request, "factor-codes", Notice.NONE, Map.of("codes", codes));
        } catch (CodedException refusal) {
            return refused(request, "factor-again", refusal);
        }
    }

    private ResponseEntity<String> refused(HttpServletRequest request, String form, CodedException refusal) {
        String text = refusal.code().code().toLowerCase(Locale.ROOT);
        return refused(
                request,
                form,
                new Notice(text, Notice.Kind.ALERT, refusal.code().summary()));
    }

    private ResponseEntity<String> refused(HttpServletRequest request, String form, Notice notice) {
        ResponseEntity<String> page = pages.page(request, form, notice, Map.of());
        return ResponseEntity.badRequest().headers(page.getHeaders()).body(page.getBody());
    }
}

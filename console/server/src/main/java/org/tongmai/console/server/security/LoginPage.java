package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.account.LoginDetails;
import org.tongmai.console.server.security.Pages.Notice;

/** Serves our login page, Chinese first, without a script; and sends {@code /} to the console. */
@RestController
class LoginPage {
    private final Pages pages;

    LoginPage(Pages pages) {
        this.pages = pages;
    }

    @GetMapping("/")
    ResponseEntity<Void> home(HttpServletRequest request) {
        return ResponseEntity.status(302)
                .header("Location", request.getContextPath() + "/actuator/hawtio/")
                .build();
    }

    /** Asks for a one-time code where somebody has been told that one is needed. */
    @GetMapping("/login")
    ResponseEntity<String> login(HttpServletRequest request) {
        boolean code = request.getParameter(LoginDetails.FIELD) != null;
        return pages.page(request, "login", notice(request), code ? Map.of("code-field", "") : Map.of());
    }

    private static Notice notice(HttpServletRequest request) {
        if (request.getParameter("error") != null) {
            return new Notice("login-error", Notice.Kind.ALERT);
        }
        if (request.getParameter("away") != null) {
            return new Notice("login-away", Notice.Kind.ALERT);
        }
        if (request.getParameter(LoginDetails.FIELD) != null) {
            return new Notice("login-code", Notice.Kind.STATUS);
        }
        if (request.getParameter("changed") != null) {
            return new Notice("login-changed", Notice.Kind.STATUS);
        }
        return request.getParameter("logout") != null ? new Notice("login-logout", Notice.Kind.STATUS) : Notice.NONE;
    }
}

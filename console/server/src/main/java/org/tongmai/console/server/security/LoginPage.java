package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves our login page, Chinese first, without a script; and sends {@code /} to the console. */
@RestController
class LoginPage {
    private static final Map<String, String> CHINESE = Map.of(
            "lang", "zh-CN",
            "title", "登录 · 通脉健康集成平台",
            "product", "健康集成平台",
            "name", "账号",
            "password", "密码",
            "submit", "登录",
            "other", "English",
            "other-link", "?lang=en",
            "hint", "首次启动的账号与密码在数据目录的 first-passwords.txt 中。");
    private static final Map<String, String> ENGLISH = Map.of(
            "lang", "en",
            "title", "Log in · Tongmai health integration platform",
            "product", "Health integration platform",
            "name", "Account",
            "password", "Password",
            "submit", "Log in",
            "other", "中文",
            "other-link", "?lang=zh",
            "hint", "The first accounts and passwords are in first-passwords.txt in the data directory.");

    private final String template = read("login.html");

    @GetMapping("/")
    ResponseEntity<Void> home(HttpServletRequest request) {
        return ResponseEntity.status(302)
                .header("Location", request.getContextPath() + "/actuator/hawtio/")
                .build();
    }

    @GetMapping("/login")
    ResponseEntity<String> login(HttpServletRequest request) {
        boolean english = speaksEnglish(request);
        String page = template;
        for (Map.Entry<String, String> word : (english ? ENGLISH : CHINESE).entrySet()) {
            page = page.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        page = page.replace("{{csrf-name}}", token.getParameterName())
                .replace("{{csrf}}", token.getToken())
                .replace("{{notice}}", notice(request, english));
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store")
                .body(page);
    }

    private static boolean speaksEnglish(HttpServletRequest request) {
        String asked = request.getParameter("lang");
        if (asked != null) {
            return asked.equals("en");
        }
        String accepted = request.getHeader("Accept-Language");
        return accepted != null
                && Locale.forLanguageTag(accepted.split("[,;]", 2)[0].strip())
                        .getLanguage()
                        .equals("en");
    }

    private static String notice(HttpServletRequest request, boolean english) {
        if (request.getParameter("error") != null) {
            String text = english
                    ? "The account or password is wrong, or the account is locked for a while."
                    : "账号或密码不正确，或账号已被暂时锁定。";
            return "<p class=\"notice error\" role=\"alert\">" + text + "</p>";
        }
        if (request.getParameter("logout") != null) {
            return "<p class=\"notice\" role=\"status\">" + (english ? "You are logged out." : "您已退出登录。") + "</p>";
        }
        return "";
    }

    private static String read(String name) {
        try (InputStream in = LoginPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package org.tongmai.console.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** Makes our few pages without a script: one frame, a form each, their texts in Chinese and English. */
final class Pages {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

    private static final List<String> FILES =
            List.of("page", "login", "code", "password", "factor", "factor-confirm", "factor-again", "factor-codes");

    private final Map<String, String> files = new HashMap<>();
    private final Properties chinese = texts("pages.zh.properties");
    private final Properties english = texts("pages.en.properties");

    Pages() {
        FILES.forEach(name -> files.put(name, read(name + ".html")));
    }

    /**
     * What is said above a form.
     *
     * @param text its name
     * @param otherwise what is said where there is no text of that name
     */
    record Notice(String text, Kind kind, String otherwise) {
        static final Notice NONE = new Notice("", Kind.STATUS);

        Notice(String text, Kind kind) {
            this(text, kind, "");
        }

        /** How it is said. */
        enum Kind {
            STATUS,
            ALERT
        }
    }

    /**
     * @param form its file, and the name of its title
     * @param values what else is in it; written with HTML's special characters escaped
     */
    ResponseEntity<String> page(HttpServletRequest request, String form, Notice notice, Map<String, String> values) {
        boolean inEnglish = speaksEnglish(request);
        Map<String, String> all = new HashMap<>(values);
        (inEnglish ? english : chinese).forEach((name, text) -> all.putIfAbsent(name.toString(), text.toString()));
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        all.put("csrf-name", token.getParameterName());
        all.put("csrf", token.getToken());
        all.put("root", request.getContextPath());
        all.put("hint", all.getOrDefault(form + "-hint", ""));
        all.put("title", all.get(form + "-title"));
        all.put("notice-text", all.getOrDefault(notice.text(), notice.otherwise()));
        String body = files.get("page")
                .replace("{{notice}}", markup(notice))
                .replace("{{form}}", files.get(form))
                .replace("{{code-field}}", values.containsKey("code-field") ? files.get("code") : "");
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store")
                .body(PLACE.matcher(body)
                        .replaceAll(place ->
                                Matcher.quoteReplacement(HtmlUtils.htmlEscape(all.getOrDefault(place.group(1), "")))));
    }

    private static String markup(Notice notice) {
        if (notice.text().isEmpty()) {
            return "";
        }
        return notice.kind() == Notice.Kind.ALERT
                ? "<p class=\"notice error\" role=\"alert\">{{notice-text}}</p>"
                : "<p class=\"notice\" role=\"status\">{{notice-text}}</p>";
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

    private static Properties texts(String name) {
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(read(name)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return texts;
    }

    private static String read(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

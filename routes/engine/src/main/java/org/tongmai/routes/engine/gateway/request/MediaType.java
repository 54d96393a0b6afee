package org.tongmai.routes.engine.gateway.request;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Type (RFC 9110, 8.3.1) that nobody can read otherwise.
 *
 * @param name type and subtype in small letters
 * @param parameters by names in small letters
 */
public record MediaType(String name, Map<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern NAME = Pattern.compile("[ \\t]*(" + TOKEN + "/" + TOKEN + ")[ \\t]*");
    private static final Pattern PARAMETER =
            Pattern.compile(";[ \\t]*(?:(" + TOKEN + ")=(" + TOKEN + "|\"[^\"\\\\]*\")[ \\t]*)?");

    /** What stands before the parameters, in small letters, as the most lenient reader takes it. */
    public static String nameIn(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Empty for what is none, has a parameter twice, or one in the extended form of RFC 2231. */
    public static Optional<MediaType> of(String written) {
        Matcher name = NAME.matcher(written);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(written);
        int at = name.end();
        while (at < written.length()) {
            if (!parameter.region(at, written.length()).lookingAt()) {
                return Optional.empty();
            }
            at = parameter.end();
            String called = parameter.group(1) == null ? "" : parameter.group(1).toLowerCase(Locale.ROOT);
            boolean twice = !called.isEmpty()
                    && parameters.put(called, parameter.group(2).replace("\"", "")) != null;
            if (twice || called.indexOf('*') >= 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters));
    }
}

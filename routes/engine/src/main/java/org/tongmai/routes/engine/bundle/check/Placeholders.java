package org.tongmai.routes.engine.bundle.check;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code {{name}}} in a text of a route: where Camel puts the value of a setting. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    private Placeholders() {}

    /** Finds each; group 1 is the name. */
    static Matcher in(String text) {
        return PLACEHOLDER.matcher(text);
    }

    /** Whether the text is a placeholder and nothing else. */
    static boolean isOne(String text) {
        return in(text).matches();
    }

    /** The text with this before every name. */
    static String prefixed(String prefix, String text) {
        return in(text).replaceAll("{{" + Matcher.quoteReplacement(prefix) + "$1}}");
    }

    /** The text with values in their place; nothing where a setting has none. */
    static String resolved(String text, Map<String, String> settings) {
        return in(text).replaceAll(match -> Matcher.quoteReplacement(settings.getOrDefault(match.group(1), "")));
    }
}

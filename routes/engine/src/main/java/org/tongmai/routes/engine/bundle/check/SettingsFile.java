package org.tongmai.routes.engine.bundle.check;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.Issue;

/** {@code application.properties} as {@link Properties} reads it, with the line of every key. */
final class SettingsFile {
    static final String NAME = "application.properties";

    private static final int LONGEST = 64 * 1024;

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<Issue> violations;

    /** A value and the line it begins on. */
    record Value(String text, int line) {
        String location() {
            return NAME + ":" + line;
        }
    }

    private SettingsFile(List<Issue> violations) {
        this.violations = violations;
    }

    static SettingsFile parse(String text, List<Issue> violations) {
        SettingsFile file = new SettingsFile(violations);
        if (text.length() > LONGEST) {
            violations.add(
                    Issue.of(BundleError.LIMIT_EXCEEDED, NAME + ":1", "expected at most " + LONGEST + " characters"));
            return file;
        }
        StringBuilder logical = new StringBuilder();
        int line = 0;
        int start = 1;
        for (String natural : text.split("\r\n|\r|\n", -1)) {
            line++;
            boolean first = logical.isEmpty();
            start = first ? line : start;
            logical.append(natural).append('\n');
            boolean comment = first
                    && (natural.stripLeading().startsWith("#")
                            || natural.stripLeading().startsWith("!"));
            if (comment || !continues(natural)) {
                file.add(logical.toString(), start);
                logical.setLength(0);
            }
        }
        file.add(logical.toString(), start);
        return file;
    }

    /** An odd number of backslashes at the end joins the next line. */
    private static boolean continues(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }

    private void add(String logical, int line) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IllegalArgumentException e) {
            violations.add(Issue.of(BundleError.SETTING_INVALID, NAME + ":" + line, "not a line of a properties file"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String key : one.stringPropertyNames()) {
            if (values.putIfAbsent(key, new Value(one.getProperty(key), line)) != null) {
                violations.add(Issue.of(BundleError.SETTING_INVALID, NAME + ":" + line, key + " is there already"));
            }
        }
    }

    Map<String, Value> values() {
        return values;
    }

    Optional<Value> find(String key) {
        return Optional.ofNullable(values.get(key));
    }
}

package org.tongmai.routes.engine.bundle.archive;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.Issue;

/**
 * What the files of a bundle may be called: letters, digits, {@code . _ -}; a flat folder, and one called {@code test}.
 * What Camel, the engine or a golden test does not read has no place in it.
 */
public final class FileNames {
    /** The folder of the golden tests. */
    public static final String TEST = "test/";

    private static final int LONGEST = 120;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*");
    private static final Pattern BUNDLE =
            Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*\\.camel\\.yaml|[A-Za-z0-9_-]+\\.map\\.yaml"
                    + "|.*\\.md|route-bundle\\.json|config\\.schema\\.json|application\\.properties");
    private static final Pattern GOLDEN = Pattern.compile(".*\\.(hl7|json|ndjson|xml|csv|txt|md)");

    private FileNames() {}

    /** What is wrong with the name, or nothing. */
    static Optional<String> wrong(String name) {
        boolean test = name.startsWith(TEST);
        String file = test ? name.substring(TEST.length()) : name;
        if (file.contains("..") || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            return Optional.of("leads out of the folder");
        }
        if (file.indexOf('/') >= 0) {
            return Optional.of("expected a flat folder and test/");
        }
        if (file.length() > LONGEST || !PLAIN.matcher(file).matches()) {
            return Optional.of("expected at most " + LONGEST + " letters, digits and . _ -");
        }
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return Optional.of("expected Unicode form NFC");
        }
        return (test ? GOLDEN : BUNDLE).matcher(file).matches()
                ? Optional.empty()
                : Optional.of("a bundle has no file of this kind");
    }

    /** Every name that a bundle may not have, and names that differ in upper and lower case only. */
    public static List<Issue> check(Collection<String> names) {
        List<Issue> found = new ArrayList<>();
        Map<String, String> folded = new HashMap<>();
        for (String name : names) {
            wrong(name).ifPresent(detail -> found.add(forbidden(name, detail)));
            String other = folded.putIfAbsent(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), name);
            if (other != null) {
                found.add(forbidden(name, "there is " + printable(other) + " already"));
            }
        }
        return found;
    }

    private static Issue forbidden(String name, String detail) {
        return Issue.of(BundleError.NAME_FORBIDDEN, printable(name), detail);
    }

    /** A name that an attacker chose, fit for a log. */
    static String printable(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N} ._/\\\\:-]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }
}

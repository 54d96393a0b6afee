package org.tongmai.routes.engine.bundle.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** What looks like a password or a key, in any file of a bundle, by the patterns of {@code literal-secrets.csv}. */
public final class LiteralSecrets {
    private static final String TABLE = "literal-secrets.csv";
    private static final List<Kind> KINDS = load();
    private static final int MOST_OF_A_FILE = 20;

    private record Kind(String name, Pattern pattern) {}

    private LiteralSecrets() {}

    private static List<Kind> load() {
        try (InputStream file = LiteralSecrets.class.getResourceAsStream(TABLE)) {
            return CsvTable.read(TABLE, new String(file.readAllBytes(), StandardCharsets.UTF_8)).rows().stream()
                    .map(row -> new Kind(row.cell(0), Pattern.compile(row.cell(1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
    }

    /** Whether a line, for example {@code key=value}, looks like one. */
    public static boolean isOne(String line) {
        return KINDS.stream().anyMatch(kind -> kind.pattern().matcher(line).find());
    }

    /** Names the kind of secret and where it stands, never what it is. */
    static void check(String name, byte[] content, List<Issue> violations) {
        int line = 0;
        int found = 0;
        for (String text : new String(content, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1)) {
            line++;
            for (Kind kind : KINDS) {
                if (found < MOST_OF_A_FILE && kind.pattern().matcher(text).find()) {
                    violations.add(Issue.of(BundleError.SECRET_IN_CLEAR, name + ":" + line, kind.name()));
                    found++;
                }
            }
        }
    }
}

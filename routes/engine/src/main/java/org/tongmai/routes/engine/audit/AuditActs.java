package org.tongmai.routes.engine.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The table {@code acts.csv}: what can be done, and what it is called. Rows are added; none is removed or changes its kind. */
public final class AuditActs {
    private static final String TABLE = "acts.csv";
    private static final String HEADING = "act,kind,display,display_en";
    private static final Map<String, Act> ACTS = load();

    private AuditActs() {}

    /**
     * One row.
     *
     * @param name as records have it, for example {@code bundle.deploy}
     * @param display the Chinese term
     * @param displayEn the English term
     */
    public record Act(String name, AuditKind kind, String display, String displayEn) {}

    public static Collection<Act> all() {
        return ACTS.values();
    }

    /** @throws CodedException {@code TM-AUDIT-0007} */
    public static Act of(String name) {
        Act act = ACTS.get(name);
        if (act == null) {
            throw new CodedException(Issue.of(AuditError.ACT_UNKNOWN, "act", "found: " + name));
        }
        return act;
    }

    /** What sort of act it is; of one that the table no longer has, an administrative one. */
    static AuditKind kindOf(String name) {
        Act act = ACTS.get(name);
        return act == null ? AuditKind.ADMINISTRATION : act.kind();
    }

    private static Map<String, Act> load() {
        Map<String, Act> acts = new LinkedHashMap<>();
        try (InputStream in = AuditActs.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (number == 1 ? line.equals(HEADING) : line.isBlank()) {
                    continue;
                }
                String[] cells = line.split(",", -1);
                if (cells.length != 4) {
                    throw new IllegalStateException(
                            TABLE + ":" + number + ": " + cells.length + " cells (expected: 4)");
                }
                AuditKind kind = AuditKind.valueOf(cells[1].toUpperCase(Locale.ROOT));
                if (acts.put(cells[0], new Act(cells[0], kind, cells[2], cells[3])) != null) {
                    throw new IllegalStateException(TABLE + ":" + number + ": a second row (expected: one an act)");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(acts);
    }
}

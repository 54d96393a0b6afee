package org.tongmai.standards.identifier;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.internal.IdentifierTable;

/**
 * The identifier systems of {@code profiles/identifier-systems.csv}: what numbers of national assigners are called and
 * what makes one. Immutable and safe for many threads.
 */
public final class IdentifierSystems {
    private final Map<String, IdentifierSystem> byUri;

    private IdentifierSystems(Map<String, IdentifierSystem> byUri) {
        this.byUri = byUri;
    }

    /**
     * Loads the packaged table.
     *
     * @throws org.tongmai.standards.error.CodedException with every violation at once, each with file and line
     */
    public static IdentifierSystems load() {
        return new IdentifierSystems(IdentifierTable.packaged());
    }

    /**
     * Loads a table from its text, for tests and uploads.
     *
     * @throws org.tongmai.standards.error.CodedException with every violation at once, each with file and line
     */
    public static IdentifierSystems load(String file, String text) {
        return new IdentifierSystems(IdentifierTable.read(file, text));
    }

    /** The system with this URI, or null. */
    public IdentifierSystem system(String uri) {
        return byUri.get(uri);
    }

    public Collection<IdentifierSystem> all() {
        return byUri.values();
    }

    /**
     * Checks a number of a system.
     *
     * @return what is wrong, without the number; empty when nothing is, or the system has no rule
     */
    public Optional<Issue> check(String uri, String value) {
        IdentifierSystem system = byUri.get(uri);
        return system == null ? Optional.empty() : system.rule().check(value);
    }
}

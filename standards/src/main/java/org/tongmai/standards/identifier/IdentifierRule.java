package org.tongmai.standards.identifier;

import java.util.Optional;
import org.tongmai.standards.error.Issue;

/** What makes a number one of its kind. Implementations are immutable, fast (below a microsecond) and never throw. */
@FunctionalInterface
public interface IdentifierRule {
    /**
     * Checks one number.
     *
     * @param value the number as written, without surrounding blanks; not null
     * @return the first thing that is wrong, with an empty location; empty when the number is one of its kind
     */
    Optional<Issue> check(String value);
}

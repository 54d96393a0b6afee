package org.tongmai.standards.profile.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.profile.ProfileError;

/** Says what is wrong with one row of {@code elements.csv}. */
final class ElementCheck {
    private static final Set<String> STRENGTHS = Set.of("required", "extensible", "preferred", "example");

    private final Map<String, List<String>> heads;
    private final Set<String> constraints;
    private final ProfileWriter writer;

    ElementCheck(Map<String, List<String>> heads, Set<String> constraints, ProfileWriter writer) {
        this.heads = heads;
        this.constraints = constraints;
        this.writer = writer;
    }

    Optional<Issue> violation(ElementRow row) {
        if (!heads.containsKey(row.profile())) {
            return of(ProfileError.UNKNOWN_NAME, "expected a profile of profiles.csv");
        }
        String type = heads.get(row.profile()).get(1);
        if (!row.element().isEmpty()
                && ElementPaths.position(type, row.element()).isEmpty()) {
            return of(ProfileError.UNKNOWN_ELEMENT, type + " has no such element");
        }
        if (!row.slice().isEmpty() && !(row.element().endsWith("identifier") && writer.knowsSystem(row.slice()))) {
            return of(
                    ProfileError.UNKNOWN_NAME, "a slice: expected an identifier and a name of identifier-systems.csv");
        }
        for (String key : row.constraint().split(" ")) {
            if (!key.isEmpty() && !constraints.contains(key)) {
                return of(ProfileError.UNKNOWN_NAME, "expected keys of constraints.csv");
            }
        }
        boolean numbers = row.min().matches("\\d{0,3}") && row.max().matches("\\d{0,3}|\\*");
        boolean binding = row.valueSet().isEmpty() ? row.strength().isEmpty() : STRENGTHS.contains(row.strength());
        return numbers && binding
                ? Optional.empty()
                : of(ProfileError.BAD_CELL, "expected numbers in min and max, a strength beside a value set");
    }

    private static Optional<Issue> of(ProfileError error, String detail) {
        return Optional.of(Issue.of(error, "", detail));
    }
}

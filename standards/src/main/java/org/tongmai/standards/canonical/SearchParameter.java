package org.tongmai.standards.canonical;

import java.util.List;

/**
 * One row of {@code search-parameters.csv}: which elements of a type a search parameter looks at.
 *
 * @param type FHIR resource type
 * @param name as written in a search, for example {@code birthdate}
 * @param kind how it compares
 * @param paths element paths below the resource, for example {@code name.family}; any of them may match
 * @param targets for references the types it may point at; empty means any
 */
public record SearchParameter(String type, String name, SearchKind kind, List<String> paths, List<String> targets) {
    public SearchParameter {
        paths = List.copyOf(paths);
        targets = List.copyOf(targets);
    }
}

package org.tongmai.standards.canonical;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stretch of the answer to a search.
 *
 * @param matches what was searched for
 * @param included what matches refer to, as far as it was asked for
 * @param next cursor of the next page; empty when this is the last
 * @param total how many match; empty when not counted
 */
public record SearchPage(
        List<StoredResource> matches, List<StoredResource> included, Optional<String> next, OptionalLong total) {
    public SearchPage {
        matches = List.copyOf(matches);
        included = List.copyOf(included);
    }
}

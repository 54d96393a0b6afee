package org.tongmai.standards.canonical;

import java.util.List;
import java.util.Objects;

/**
 * A search for current resources of one type.
 *
 * @param type FHIR resource type
 * @param criteria all must match
 * @param includes reference parameters of the type to follow, for example {@code subject}
 * @param page which stretch of the answer
 */
public record SearchQuery(String type, List<Criterion> criteria, List<String> includes, Page page) {
    public SearchQuery {
        Objects.requireNonNull(type, "type");
        criteria = List.copyOf(criteria);
        includes = List.copyOf(includes);
        Objects.requireNonNull(page, "page");
    }

    /** Which matches come first. */
    public enum Order {
        /** What was first stored last. Places never change: paging meets each once while others write. */
        YOUNGEST_FIRST,
        /** What changed last ({@code -_lastUpdated}). What changes meanwhile moves before the pages to come. */
        LAST_UPDATED_FIRST,
        /** What has not changed for longest ({@code _lastUpdated}). */
        LAST_UPDATED_LAST
    }

    /** Whether matches are counted. */
    public enum Total {
        NONE,
        ACCURATE
    }

    /**
     * A stretch of an answer.
     *
     * @param order which come first
     * @param count at most so many matches; 0 for the total alone
     * @param cursor where the page before ended, from {@link SearchPage#next()}; empty for the first
     * @param total whether to count
     */
    public record Page(Order order, int count, String cursor, Total total) {
        public Page {
            Objects.requireNonNull(order, "order");
            Objects.requireNonNull(total, "total");
            cursor = cursor == null ? "" : cursor;
        }

        /** The first page, youngest first, not counted. */
        public static Page first(int count) {
            return new Page(Order.YOUNGEST_FIRST, count, "", Total.NONE);
        }
    }
}

package org.tongmai.mappings.internal;

import java.util.List;
import org.tongmai.mappings.RowAt;

/**
 * One row as written.
 *
 * @param at file and line
 * @param from field, segment or component read; empty for a row that always applies
 * @param to element written
 * @param each map run for every repetition, or null
 * @param as type the text is read as, or null
 * @param code concept map, or null
 * @param constant text written, or null
 * @param when conditions, all of which must hold
 * @param required whether a message without it is refused
 * @param call named function, or null
 */
public record MapRow(
        At at,
        String from,
        String to,
        String each,
        String as,
        String code,
        String constant,
        List<Test> when,
        boolean required,
        String call) {

    /** One condition as written: its kind and its arguments. */
    public record Test(String kind, List<String> arguments) {}

    /** Where something was written. */
    public record At(String file, int line) {
        RowAt row() {
            return new RowAt(file, line);
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    boolean sameTarget(MapRow other) {
        return to.equals(other.to) && from.equals(other.from);
    }
}

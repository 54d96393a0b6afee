package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.internal.FieldPath;

/**
 * What a field holds where the data do not say, as {@code fill} of a structure writes it.
 *
 * @param kind where it comes from
 * @param words of {@link Kind#TEXT} the components, of {@link Kind#ACTION} the code in events that tell of something for the
 *     first time and the one in others
 * @param field of {@link Kind#COPY} the one that is copied, or null
 */
record Fill(Kind kind, List<String> words, FieldPath field) {
    private static final String ACTION = "$action:";
    private static final Map<String, Kind> NAMED =
            Map.of("$number", Kind.NUMBER, "$event", Kind.EVENT, "$time", Kind.TIME);

    enum Kind {
        TEXT,
        /** The number of the segment among those of its name. */
        NUMBER,
        /** MSH-9.2. */
        EVENT,
        /** MSH-7. */
        TIME,
        ACTION,
        /** What another field of a segment before holds. */
        COPY
    }

    /**
     * As written.
     *
     * @throws IllegalArgumentException for what is none of the table in {@code fhir-to-hl7v2/README.md}
     */
    @JsonCreator
    static Fill of(String text) {
        if (NAMED.containsKey(text)) {
            return new Fill(NAMED.get(text), List.of(), null);
        }
        if (text.startsWith(ACTION)) {
            List<String> codes = List.of(text.substring(ACTION.length()).split(":", -1));
            if (codes.size() != 2 || codes.contains("")) {
                throw new IllegalArgumentException("found fill " + text + ", expected " + ACTION + "<first>:<later>");
            }
            return new Fill(Kind.ACTION, codes, null);
        }
        if (text.startsWith("=")) {
            return new Fill(Kind.COPY, List.of(), copied(text));
        }
        if (text.isEmpty() || text.startsWith("$")) {
            throw new IllegalArgumentException(
                    "found fill " + text + ", expected a text, =<field>, " + ACTION + "<first>:<later> or one of "
                            + NAMED.keySet().stream().sorted().toList());
        }
        return text(text);
    }

    private static FieldPath copied(String text) {
        FieldPath from = FieldPath.parse(text.substring(1), "");
        if (from == null || from.relative() || from.field() == 0 || from.component() > 0) {
            throw new IllegalArgumentException("found fill " + text + ", expected = and a field, as =ORC-2");
        }
        return from;
    }

    /** A text as it is, {@code ^} between components. */
    static Fill text(String text) {
        return new Fill(Kind.TEXT, List.of(text.split("\\^")), null);
    }
}

package org.tongmai.standards.terminology;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One code system, immutable. A code may have several entries that hold at different times. */
public final class CodeSystem {
    /** Property that names the parent of a code in hierarchical systems. */
    public static final String PARENT = "parent";

    private final String name;
    private final String uri;
    private final Content content;
    private final Origin origin;
    private final List<Property> properties;
    private final Map<String, List<Entry>> entries;
    private final Map<String, List<String>> children = new HashMap<>();

    /** How much of the code system is here (FHIR {@code CodeSystem.content}). */
    public enum Content {
        /** Every code. */
        COMPLETE("complete"),
        /** Some codes: one that is not here may still be right. */
        FRAGMENT("fragment"),
        /** None: the list is licensed and has to be uploaded. */
        NOT_PRESENT("not-present");

        private final String code;

        Content(String code) {
            this.code = code;
        }

        /** The FHIR code. */
        public String code() {
            return code;
        }

        /** The content with this FHIR code, or null. */
        public static Content of(String code) {
            for (Content content : values()) {
                if (content.code.equals(code)) {
                    return content;
                }
            }
            return null;
        }
    }

    /**
     * A column beyond the six of every table; its row in {@code properties.csv}.
     *
     * @param name column name
     * @param type {@code code} of the same table, {@code string}, {@code integer} or {@code boolean}
     * @param description what it says
     */
    public record Property(String name, String type, String description) {}

    /**
     * One code in force for some time.
     *
     * @param code as written by the issuer
     * @param display the official term, Chinese where the issuer is Chinese
     * @param displayEnglish English term or empty
     * @param status {@code active} or {@code retired}
     * @param validFrom first day in force, or null
     * @param validTo last day in force, or null
     * @param properties values of further columns by name; a column without a value is absent
     */
    public record Entry(
            String code,
            String display,
            String displayEnglish,
            String status,
            LocalDate validFrom,
            LocalDate validTo,
            Map<String, String> properties) {
        /** Whether the entry holds on a day; null asks for no day and is always true. */
        public boolean inForce(LocalDate day) {
            return day == null
                    || (validFrom == null || !day.isBefore(validFrom)) && (validTo == null || !day.isAfter(validTo));
        }

        /** Whether the code may still be used in new data. */
        public boolean active() {
            return status.equals("active");
        }

        /** The value of a further column, or empty. */
        public String property(String property) {
            return properties.getOrDefault(property, "");
        }
    }

    /**
     * What a code system is, without its codes.
     *
     * @param name table name
     * @param uri what messages call it
     * @param content how much of it is here
     * @param origin where it comes from
     * @param properties its further columns
     */
    public record Header(String name, String uri, Content content, Origin origin, List<Property> properties) {}

    /**
     * @param header what it is
     * @param entries by code, in the order of the table
     */
    public CodeSystem(Header header, Map<String, List<Entry>> entries) {
        this.name = header.name();
        this.uri = header.uri();
        this.content = header.content();
        this.origin = header.origin();
        this.properties = List.copyOf(header.properties());
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        entries.forEach((code, dated) -> dated.stream()
                .map(entry -> entry.property(PARENT))
                .filter(parent -> !parent.isEmpty())
                .distinct()
                .forEach(parent -> children.computeIfAbsent(parent, p -> new ArrayList<>(4))
                        .add(code)));
    }

    public String name() {
        return name;
    }

    public String uri() {
        return uri;
    }

    public Content content() {
        return content;
    }

    public Origin origin() {
        return origin;
    }

    public List<Property> properties() {
        return properties;
    }

    /** The entry of a code in force on a day, or null: a case is judged by the list in force on its date. */
    public Entry entry(String code, LocalDate day) {
        for (Entry entry : entries.getOrDefault(code, List.of())) {
            if (entry.inForce(day)) {
                return entry;
            }
        }
        return null;
    }

    /** All entries of a code, in the order of the table; empty when it has none. */
    public List<Entry> entries(String code) {
        return entries.getOrDefault(code, List.of());
    }

    /** All codes in the order of the table. */
    public Collection<String> codes() {
        return entries.keySet();
    }

    /** The codes directly below a code, in the order of the table. */
    public List<String> children(String code) {
        return Collections.unmodifiableList(children.getOrDefault(code, List.of()));
    }

    /** Whether a code is another one or lies below it, by the entries in force on the day. */
    public boolean isA(String code, String ancestor, LocalDate day) {
        String at = code;
        for (int depth = 0; depth <= entries.size() && !at.isEmpty(); depth++) {
            if (at.equals(ancestor)) {
                return true;
            }
            Entry entry = entry(at, day);
            at = entry == null ? "" : entry.property(PARENT);
        }
        return false;
    }

    /** The number of codes. */
    public int size() {
        return entries.size();
    }
}

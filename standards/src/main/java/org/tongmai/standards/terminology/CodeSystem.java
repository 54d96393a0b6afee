package org.tongmai.standards.terminology;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** One code system, immutable. A code may have several entries that hold at different times. */
public final class CodeSystem {
    private final String name;
    private final String uri;
    private final Map<String, List<Entry>> entries;

    /**
     * One code in force for some time.
     *
     * @param code as written by the issuer
     * @param display the official term, Chinese where the issuer is Chinese
     * @param displayEnglish English term or empty
     * @param status {@code active} or {@code retired}
     * @param validFrom first day in force, or null
     * @param validTo last day in force, or null
     */
    public record Entry(
            String code, String display, String displayEnglish, String status, LocalDate validFrom, LocalDate validTo) {
        boolean inForce(LocalDate day) {
            return (validFrom == null || !day.isBefore(validFrom)) && (validTo == null || !day.isAfter(validTo));
        }
    }

    public CodeSystem(String name, String uri, Map<String, List<Entry>> entries) {
        this.name = name;
        this.uri = uri;
        this.entries = Map.copyOf(entries);
    }

    public String name() {
        return name;
    }

    public String uri() {
        return uri;
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

    /** The number of codes. */
    public int size() {
        return entries.size();
    }
}

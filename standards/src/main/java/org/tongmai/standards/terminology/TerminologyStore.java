package org.tongmai.standards.terminology;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keeps uploaded tables by version, and how often codes had no row. Versions count from 1; 0 is the packaged tables. */
public interface TerminologyStore {
    /** The newest version; 0 when nothing was ever uploaded. */
    long newest();

    /** The uploaded tables at a version: path to content. Version 0 has none. */
    Map<String, String> tables(long version);

    /**
     * Keeps a new version.
     *
     * @param after the version it was made from
     * @return its number
     * @throws org.tongmai.standards.error.CodedException {@link TerminologyError#STALE} when another one was kept since
     */
    Version add(long after, Change change, Map<String, String> tables);

    /** The newest versions, newest first. */
    List<Version> versions(int limit);

    /** Adds to the counts of codes without a row. */
    void count(Map<UnmappedCodes.Key, Long> counts);

    /** The codes counted, most frequent first. */
    List<UnmappedCodes.Line> unmapped(int limit);

    /**
     * Who changed what, and why.
     *
     * @param by account
     * @param reason why; never empty
     * @param files the tables that were uploaded, or those that differ from the version before a roll-back
     * @param restores the version that is in force again, or -1
     */
    record Change(String by, String reason, List<String> files, long restores) {}

    /**
     * A version.
     *
     * @param number 1 for the first
     * @param at when it came into force
     * @param change who, what, why
     */
    record Version(long number, Instant at, Change change) {}
}

package org.tongmai.console.server.patientindex;

import java.time.Instant;
import java.time.LocalDate;
import org.tongmai.standards.patientindex.Guardianship;

/**
 * Who looks after whom. The kind says that somebody is under age or can not decide, and a reason may name somebody: both
 * are hidden from who may not see patient data.
 */
record GuardianshipView(
        long number,
        String guardian,
        String ward,
        Guardianship.Kind kind,
        LocalDate from,
        LocalDate until,
        Entry recorded,
        Entry ended) {

    static GuardianshipView of(Guardianship found, boolean masked) {
        return new GuardianshipView(
                found.number(),
                found.guardian(),
                found.ward(),
                masked ? null : found.kind(),
                found.from(),
                found.until(),
                Entry.of(found.recorded(), masked),
                Entry.of(found.ended(), masked));
    }

    /** Who wrote it, when and why. */
    record Entry(String by, Instant at, String reason) {
        static Entry of(Guardianship.Entry entry, boolean masked) {
            return entry == null ? null : new Entry(entry.by(), entry.at(), masked ? null : entry.reason());
        }
    }
}

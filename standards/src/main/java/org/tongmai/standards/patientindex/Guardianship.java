package org.tongmai.standards.patientindex;

import java.time.Instant;
import java.time.LocalDate;

/**
 * That one person looks after another (监护). Kept between two records, so that it follows when their persons are merged or
 * taken apart. Never changed but for its end.
 *
 * @param number given by the index
 * @param guardian id of a Patient of the guardian
 * @param ward id of a Patient of the person looked after
 * @param kind why there is a guardian
 * @param from first day it holds
 * @param until first day it no longer holds; null while that is open
 * @param recorded who wrote it down
 * @param ended who ended it; null while nobody did
 */
public record Guardianship(
        long number,
        String guardian,
        String ward,
        Kind kind,
        LocalDate from,
        LocalDate until,
        Entry recorded,
        Entry ended) {

    /** Why there is a guardian. */
    public enum Kind {
        /** 未成年人监护 (Civil Code, article 27): ends with the eighteenth birthday. */
        MINOR(1),
        /** 成年监护 (Civil Code, articles 28 and 33). */
        ADULT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Kind of(int code) {
            return values()[code - 1];
        }
    }

    /** Who wrote it, when, and on what evidence. */
    public record Entry(String by, Instant at, String reason) {}

    /** Whether it holds on a day. */
    public boolean holdsOn(LocalDate day) {
        return ended == null && !day.isBefore(from) && (until == null || day.isBefore(until));
    }
}

package org.tongmai.console.domain.patientindex.internal;

/** Compares birth dates as FHIR writes them. */
final class BirthDates {
    static final String TRANSPOSED = "transposed";
    static final String PARTIAL = "partial";

    private static final int DAY = 10;

    private BirthDates() {}

    static String compare(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Levels.MISSING;
        }
        if (a.equals(b)) {
            return a.length() == DAY ? Levels.SAME : PARTIAL;
        }
        if (a.length() != DAY || b.length() != DAY) {
            return a.startsWith(b) || b.startsWith(a) ? PARTIAL : Levels.DIFFERENT;
        }
        if (a.startsWith(b.substring(0, 5)) && monthOf(a).equals(dayOf(b)) && dayOf(a).equals(monthOf(b))) {
            return TRANSPOSED;
        }
        return Slips.isOne(a.replace("-", ""), b.replace("-", "")) ? Levels.SLIP : Levels.DIFFERENT;
    }

    private static String monthOf(String date) {
        return date.substring(5, 7);
    }

    private static String dayOf(String date) {
        return date.substring(8);
    }
}

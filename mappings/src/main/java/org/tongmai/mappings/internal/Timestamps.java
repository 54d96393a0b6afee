package org.tongmai.mappings.internal;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Turns HL7 dates and times ({@code YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]}, HL7 v2.8 chapter 2A.2.22) into FHIR
 * ones, keeping their precision. FHIR wants minutes, seconds and a zone where there are hours; missing minutes and
 * seconds become zero, a missing zone is the message's.
 */
public final class Timestamps {
    private static final int[] ENDS = {4, 6, 8, 10, 12, 14};
    private static final int[] LAST_DAY = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** Ten thousand years in seconds. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(315_600_000_000L);

    private Timestamps() {}

    /**
     * What was read.
     *
     * @param text FHIR date, dateTime or instant
     * @param trimmed whether characters after the valid beginning were left out
     */
    public record Read(String text, boolean trimmed) {}

    static boolean startsValid(String text) {
        return validDigits(text) >= 4;
    }

    /** Reads a FHIR date; null when not even the year is valid. */
    public static Read date(String text) {
        int valid = Math.min(8, validDigits(text));
        if (valid < 4) {
            return null;
        }
        return new Read(day(text, valid), valid < 8 && trimmed(text));
    }

    /** Reads a FHIR dateTime; null when not even the year is valid. */
    public static Read dateTime(String text, ZoneId zone) {
        int valid = validDigits(text);
        if (valid < 4) {
            return null;
        }
        boolean trimmed = trimmed(text);
        if (valid <= 8) {
            return new Read(day(text, valid), trimmed);
        }
        return new Read(withTime(text, valid, zone), trimmed);
    }

    /** Reads a FHIR instant; a date alone is the beginning of its day. Null when there is no whole date. */
    public static Read instant(String text, ZoneId zone) {
        int valid = validDigits(text);
        if (valid < 8) {
            return null;
        }
        return new Read(withTime(text, valid, zone), trimmed(text));
    }

    /** A FHIR instant so many seconds later, or earlier; null when that is no year of four digits. */
    static String shifted(String instant, BigDecimal seconds) {
        if (seconds.abs().compareTo(LONGEST) > 0) {
            return null;
        }
        OffsetDateTime moved = OffsetDateTime.parse(instant).plusSeconds(seconds.longValue());
        boolean fits = moved.getYear() >= 1000 && moved.getYear() <= 9999;
        return fits ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moved) : null;
    }

    /** Reads HHMM[SS] as FHIR time; null when it is none. */
    static String time(String text) {
        String padded = "20000101" + text;
        int valid = validDigits(padded);
        if (valid < 12 || valid != digits(padded)) {
            return null;
        }
        return padded.substring(8, 10) + ":" + padded.substring(10, 12) + ":"
                + (valid >= 14 ? padded.substring(12, 14) : "00");
    }

    /** The offset at the end of MSH-7, or null. */
    static ZoneOffset offset(String text) {
        int at = Math.max(text.indexOf('+'), text.indexOf('-'));
        if (at < 4 || text.length() < at + 5) {
            return null;
        }
        for (int i = at + 1; i < at + 5; i++) {
            if (!digit(text.charAt(i))) {
                return null;
            }
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 3, at + 5);
        if (hours > 14 || minutes > 59) {
            return null;
        }
        int sign = text.charAt(at) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static String day(String text, int valid) {
        StringBuilder out = new StringBuilder(10).append(text, 0, 4);
        if (valid >= 6) {
            out.append('-').append(text, 4, 6);
        }
        if (valid >= 8) {
            out.append('-').append(text, 6, 8);
        }
        return out.toString();
    }

    private static String withTime(String text, int valid, ZoneId zone) {
        StringBuilder out = new StringBuilder(32).append(day(text, 8)).append('T');
        out.append(valid >= 10 ? text.substring(8, 10) : "00").append(':');
        out.append(valid >= 12 ? text.substring(10, 12) : "00").append(':');
        out.append(valid >= 14 ? text.substring(12, 14) : "00");
        int at = 14;
        if (valid == 14 && text.length() > 15 && text.charAt(14) == '.' && digit(text.charAt(15))) {
            int end = at + 1;
            while (end < text.length() && end < at + 5 && digit(text.charAt(end))) {
                end++;
            }
            out.append(text, at, end);
        }
        ZoneOffset offset = offset(text);
        out.append(offset == null ? offsetOf(text, valid, zone) : offset.getId());
        return out.toString();
    }

    private static String offsetOf(String text, int valid, ZoneId zone) {
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4), number(text, 4, 6), number(text, 6, 8), valid >= 10 ? number(text, 8, 10) : 0, 0);
        return zone.getRules().getOffset(local).getId();
    }

    /** How many leading digits form a valid time stamp: 0, 4, 6, 8, 10, 12 or 14. */
    private static int validDigits(String text) {
        int count = digits(text);
        int valid = 0;
        for (int end : ENDS) {
            if (count < end || !valid(text, end)) {
                break;
            }
            valid = end;
        }
        return valid;
    }

    private static boolean valid(String text, int end) {
        return switch (end) {
            case 4 -> number(text, 0, 4) >= 1000;
            case 6 -> number(text, 4, 6) >= 1 && number(text, 4, 6) <= 12;
            case 8 -> validDay(text);
            case 10 -> number(text, 8, 10) <= 23;
            default -> number(text, end - 2, end) <= 59;
        };
    }

    private static boolean validDay(String text) {
        int month = number(text, 4, 6);
        int day = number(text, 6, 8);
        int year = number(text, 0, 4);
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int last = month == 2 && !leap ? 28 : LAST_DAY[month - 1];
        return day >= 1 && day <= last;
    }

    /** Whether anything but a fraction and an offset follows the valid digits. */
    private static boolean trimmed(String text) {
        int at = validDigits(text);
        if (at == 14 && at < text.length() && text.charAt(at) == '.') {
            at++;
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
        }
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            return offset(text) == null || text.length() != at + 5;
        }
        return at != text.length();
    }

    private static int digits(String text) {
        int count = 0;
        while (count < text.length() && digit(text.charAt(count))) {
            count++;
        }
        return count;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }
}

package org.tongmai.console.server.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.journal.MessageQuery;
import org.tongmai.routes.engine.journal.MessageState;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A selection of messages as a client writes it; null or empty means any. Refuses what it can not read, naming the
 * parameter and the expected form, never the value.
 *
 * @param state names of {@link MessageState}, repeated or separated by commas
 * @param from ISO time with offset ({@code 2026-11-20T08:00:00+08:00}), or date or time of the platform's zone
 * @param to as {@code from}, exclusive
 * @param before number of a message: only older ones
 * @param limit 1 to 500, by default 50
 */
public record MessageFilter(
        String patient,
        String controlId,
        String type,
        String sender,
        String feed,
        List<String> state,
        String from,
        String to,
        String before,
        String limit) {
    private static final int PAGE = 50;
    private static final int LONGEST_VALUE = 250;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
            "[yyyy-MM-dd'T'HH:mm:ss[.SSSSSSSSS][.SSSSSS][.SSS]XXX][yyyy-MM-dd'T'HH:mmXXX]"
                    + "[yyyy-MM-dd'T'HH:mm:ss[.SSS]][yyyy-MM-dd'T'HH:mm][yyyy-MM-dd]",
            Locale.ROOT);

    public MessageQuery query() {
        return new MessageQuery(
                word(patient, "patient"),
                word(controlId, "controlId"),
                word(type, "type"),
                word(sender, "sender"),
                word(feed, "feed"),
                states(),
                time(from, "from"),
                time(to, "to"),
                before == null || before.isBlank() ? 0 : number(before, "before"),
                pageSize());
    }

    /** Whether nothing narrows it down. */
    public boolean selectsEverything() {
        MessageQuery query = query();
        return query.patient() == null
                && query.controlId() == null
                && query.type() == null
                && query.sender() == null
                && query.feed() == null
                && query.states().isEmpty()
                && query.from() == null
                && query.to() == null;
    }

    private static String word(String value, String name) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
            throw refused(name, "expected: up to " + LONGEST_VALUE + " characters");
        }
        return value.strip();
    }

    private Set<MessageState> states() {
        Set<MessageState> states = EnumSet.noneOf(MessageState.class);
        for (String list : state == null ? List.<String>of() : state) {
            for (String name : list == null ? new String[0] : list.split(",")) {
                if (!name.isBlank()) {
                    states.add(stateOf(name.strip().toUpperCase(Locale.ROOT)));
                }
            }
        }
        return states;
    }

    private static MessageState stateOf(String name) {
        for (MessageState state : MessageState.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw refused("state", "expected: any of " + List.of(MessageState.values()));
    }

    /** Reads a time of a selection; null where there is none. */
    public static Instant time(String text, String name) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            // A plus sign in a query that was not escaped arrives as a blank.
            TemporalAccessor read = TIME.parseBest(
                    text.strip().replace(' ', '+'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof OffsetDateTime time) {
                return time.toInstant();
            }
            LocalDateTime local = read instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) read;
            return local.atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeParseException malformed) {
            throw refused(name, "expected: an ISO date or time, as 2026-11-20 or 2026-11-20T08:00:00+08:00");
        }
    }

    /** Reads a journal's or replay's number, which is a string in JSON. */
    public static long number(String text, String name) {
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // Answered below, like a number that is too small.
        }
        throw refused(name, "expected: a number");
    }

    private int pageSize() {
        if (limit == null || limit.isBlank()) {
            return PAGE;
        }
        if (limit.matches("[0-9]{1,3}")) {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= 500) {
                return size;
            }
        }
        throw refused("limit", "expected: 1 to 500");
    }

    private static CodedException refused(String name, String expected) {
        return new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, name, expected));
    }

    /** Names no patient. */
    @Override
    public String toString() {
        return "MessageFilter";
    }
}

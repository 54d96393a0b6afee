package org.tongmai.standards.hl7v2;

import java.nio.charset.Charset;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.hl7v2.Hl7Header.Separators;

/**
 * Writes the acknowledgement of a message (HL7 chapter 2.9 and 2.13, message ACK): in the version, separators,
 * character set and processing mode of the message it answers, with the reasons of a refusal as ERR segments. Answers
 * even a message whose header can not be read.
 *
 * <p>Warnings stay out of a positive answer: many senders take any ERR for a refusal. The journal has them.
 */
public final class Hl7Acknowledgement {
    private static final int MOST_ERRORS = 10;
    private static final int LONGEST_TEXT = 250;
    private static final int FIRST_WITH_ERR_FIELDS = 5;
    private static final int LAST_WITH_MSA_TEXT = 6;
    private static final int FIRST_WITH_TRIGGER = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ", Locale.ROOT);

    private final Clock clock;
    private final String prefix;
    private final AtomicLong count = new AtomicLong();
    private volatile TimeOfSecond now = new TimeOfSecond(Long.MIN_VALUE, "");

    /** What is acknowledged: original mode and the application level say {@code A_}, the accept level {@code C_}. */
    public enum Level {
        APPLICATION('A'),
        ACCEPT('C');

        private final char letter;

        Level(char letter) {
            this.letter = letter;
        }
    }

    /** @param clock for MSH-7 and for control ids no other start of the program has used */
    public Hl7Acknowledgement(Clock clock) {
        this.clock = clock;
        this.prefix = "TM" + Long.toString(clock.millis(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
    }

    /**
     * Writes one acknowledgement, segments ended by {@code \r}.
     *
     * @param original the header of the message answered, as far as it could be read
     * @param charset what the message was read with; named in MSH-18 as the message named it
     * @param outcome what became of the message
     * @param level which of the two levels speaks
     * @return the bytes to put into a frame
     */
    public byte[] write(Hl7Header original, Charset charset, Outcome outcome, Level level) {
        StringBuilder out = new StringBuilder(256);
        Separators by = original.separators();
        header(out, original);
        out.append("MSA").append(by.field()).append(code(outcome, level)).append(by.field());
        out.append(echo(original, 10));
        int version = Hl7Version.subVersion(original.field(12));
        List<Issue> reasons = reasons(outcome);
        if (!reasons.isEmpty() && version <= LAST_WITH_MSA_TEXT) {
            out.append(by.field());
            escaped(
                    out,
                    reasons.get(0).code().code() + " " + reasons.get(0).code().summary(),
                    by);
        }
        out.append('\r');
        for (Issue reason : reasons) {
            if (version >= FIRST_WITH_ERR_FIELDS) {
                errorFields(out, reason, by);
            } else {
                errorLocation(out, reason, by);
            }
        }
        return out.toString().getBytes(charset);
    }

    /** The code of table 0008 an outcome is answered with: {@code AA}, {@code AE}, {@code AR}, or with C before. */
    public static String code(Outcome outcome, Level level) {
        if (outcome.positive()) {
            return level.letter + "A";
        }
        List<Issue> reasons = reasons(outcome);
        // Whatever the reason's own code says: a refusal is never a positive answer.
        boolean rejected = !reasons.isEmpty()
                && reasons.get(0).code().wire().acknowledgement().equals("AR");
        return level.letter + (rejected ? "R" : "E");
    }

    /** A control id that no other message of ours has: at most 20 characters, as HL7 2.1 to 2.6 want it. */
    public String nextControlId() {
        return prefix
                + Long.toString(count.incrementAndGet(), Character.MAX_RADIX).toUpperCase(Locale.ROOT);
    }

    /** The time now as HL7 writes it, to the second, with the zone. */
    public String timestamp() {
        long second = clock.millis() / 1000;
        TimeOfSecond known = now;
        if (known.second() != second) {
            known = new TimeOfSecond(second, TIME.format(ZonedDateTime.now(clock)));
            now = known;
        }
        return known.text();
    }

    private static List<Issue> reasons(Outcome outcome) {
        if (outcome.positive()) {
            return List.of();
        }
        List<Issue> refusing = outcome.issues().stream()
                .filter(issue -> issue.severity().refuses())
                .limit(MOST_ERRORS)
                .toList();
        return refusing.isEmpty() ? outcome.issues().stream().limit(MOST_ERRORS).toList() : refusing;
    }

    private void header(StringBuilder out, Hl7Header original) {
        Separators by = original.separators();
        char f = by.field();
        String encoding = echo(original, 2);
        out.append("MSH").append(f).append(encoding.isEmpty() ? by.encodingCharacters() : encoding);
        out.append(f).append(echo(original, 5)).append(f).append(echo(original, 6));
        out.append(f).append(echo(original, 3)).append(f).append(echo(original, 4));
        out.append(f).append(timestamp()).append(f).append(f).append(type(original));
        out.append(f).append(nextControlId());
        out.append(f).append(original.field(11).isEmpty() ? "P" : echo(original, 11));
        String version = original.field(12);
        out.append(f).append(Hl7Version.isKnown(version) ? echo(original, 12) : "2.5");
        if (!original.field(18).isEmpty()) {
            out.append(String.valueOf(f).repeat(6)).append(echo(original, 18));
        }
        out.append('\r');
    }

    /** A field as the message has it, but never longer than sense makes, and never with what would end the frame. */
    private static String echo(Hl7Header original, int number) {
        String value = original.field(number);
        String bounded = value.length() > LONGEST_TEXT ? value.substring(0, LONGEST_TEXT) : value;
        return bounded.chars().allMatch(c -> c >= ' ') ? bounded : bounded.replaceAll("\\p{Cntrl}", "");
    }

    private static String type(Hl7Header original) {
        String version = original.field(12);
        char component = original.separators().component();
        String type = original.keys().type();
        int caret = type.indexOf('^');
        if (caret < 0 || Hl7Version.subVersion(version) < FIRST_WITH_TRIGGER) {
            return "ACK";
        }
        String withTrigger = "ACK" + component + type.substring(caret + 1);
        return Hl7Version.namesStructure(version) ? withTrigger + component + "ACK" : withTrigger;
    }

    /** ERR as of 2.5: location, condition, severity, our code, diagnosis, and what to tell a user. */
    private static void errorFields(StringBuilder out, Issue issue, Separators by) {
        char f = by.field();
        char c = by.component();
        Hl7Location at = Hl7Location.parse(issue.location());
        out.append("ERR").append(f).append(f).append(at.text(c)).append(f);
        int condition = issue.code().wire().hl7Condition();
        out.append(condition)
                .append(c)
                .append(Hl7Condition.textOf(condition))
                .append(c)
                .append("HL70357");
        out.append(f).append(letter(issue)).append(f);
        out.append(issue.code().code()).append(c);
        escaped(out, issue.code().summary(), by);
        out.append(c).append("TONGMAI").append(f).append(f);
        escaped(out, issue.detail(), by);
        out.append(f);
        escaped(out, issue.text(), by);
        out.append('\r');
    }

    /** ERR before 2.5: one field with segment, sequence, field and condition. */
    private static void errorLocation(StringBuilder out, Issue issue, Separators by) {
        char c = by.component();
        Hl7Location at = Hl7Location.parse(issue.location());
        int condition = issue.code().wire().hl7Condition();
        out.append("ERR").append(by.field()).append(at.segment()).append(c).append(at.sequenceText());
        out.append(c).append(at.fieldText()).append(c).append(condition);
        if (by.subcomponent() != '\0') {
            char s = by.subcomponent();
            out.append(s).append(Hl7Condition.textOf(condition)).append(s).append("HL70357");
            out.append(s).append(issue.code().code());
        }
        out.append('\r');
    }

    private static char letter(Issue issue) {
        return switch (issue.severity()) {
            case INFORMATION -> 'I';
            case WARNING -> 'W';
            case ERROR, FATAL -> 'E';
        };
    }

    private static void escaped(StringBuilder out, String text, Separators by) {
        int length = Math.min(text.length(), LONGEST_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            char name = c == by.field() ? 'F' : c == by.component() ? 'S' : c == by.repetition() ? 'R' : '\0';
            if (name == '\0' && c == by.escape()) {
                name = 'E';
            } else if (name == '\0' && c == by.subcomponent()) {
                name = 'T';
            }
            if (name == '\0' || c == '\0') {
                out.append(c < ' ' ? ' ' : c);
            } else if (by.escape() == '\0') {
                out.append(' ');
            } else {
                out.append(by.escape()).append(name).append(by.escape());
            }
        }
    }

    private record TimeOfSecond(long second, String text) {}
}

package org.tongmai.standards.hl7v2;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Reads one HL7 v2 message that came as a body or a file, not in a frame: the charset is found as on MLLP; frame marks and
 * the segments of a batch around a single message (HL7 v2.8 chapter 2.10.3) are taken off; of the header only what no
 * message can be read without is required.
 */
public final class Hl7Body {
    private static final String FORMAT = "hl7v2:message";
    private static final byte START_OF_FRAME = 0x0B;
    private static final byte END_OF_FRAME = 0x1C;
    private static final int NAME = 3;
    private static final Set<String> BATCH = Set.of("FHS", "BHS", "BTS", "FTS");

    /** Without these a message has no meaning; the others a conversion can live with. */
    private static final Set<Hl7Error> FATAL =
            Set.of(Hl7Error.HEADER_MISSING, Hl7Error.SEPARATORS_BAD, Hl7Error.HEADER_REPEATED, Hl7Error.NUL_CHARACTER);

    private Hl7Body() {}

    /**
     * What was read.
     *
     * @param message the message, its bytes without frame marks and batch segments
     * @param issues what was noticed; none of them refuses
     */
    public record Read(ReceivedMessage message, List<Issue> issues) {}

    /**
     * Reads one message.
     *
     * @throws CodedException when it does not begin with MSH, has no usable separators, holds NUL characters, or is more
     *     than one message
     */
    public static Read read(byte[] body) {
        byte[] raw = unwrapped(body);
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(raw, null);
        Hl7Header header = Hl7Header.scan(decoded.text());
        List<Issue> issues = new ArrayList<>();
        List<Issue> refusals = new ArrayList<>();
        header.issues().forEach(issue -> sort(issue, issues, refusals));
        decoded.issues().forEach(issue -> sort(issue, issues, refusals));
        if (!refusals.isEmpty()) {
            throw new CodedException(refusals, null);
        }
        ReceivedMessage message =
                new ReceivedMessage(FORMAT, raw, decoded.charset(), decoded.text(), header.keys(), "", Instant.now());
        return new Read(message, List.copyOf(issues));
    }

    private static void sort(Issue issue, List<Issue> noticed, List<Issue> refusals) {
        if (issue.code() instanceof Hl7Error error && FATAL.contains(error)) {
            refusals.add(issue);
        } else {
            noticed.add(new Issue(issue.code(), Severity.WARNING, issue.location(), issue.detail()));
        }
    }

    private static byte[] unwrapped(byte[] body) {
        int start = 0;
        int end = body.length;
        while (start < end && (body[start] == START_OF_FRAME || body[start] >= 0 && body[start] <= ' ')) {
            start++;
        }
        while (end > start && (body[end - 1] == '\r' || body[end - 1] == '\n' || body[end - 1] == END_OF_FRAME)) {
            end--;
        }
        if (BATCH.contains(name(body, start, end))) {
            start = segment(body, start, end, Set.of("MSH"));
            int last = segment(body, start, end, BATCH);
            if (segment(body, last, end, Set.of("MSH")) < end) {
                throw new CodedException(Issue.of(Hl7Error.HEADER_REPEATED, "MSH[2]", "expected one message"));
            }
            end = last;
        }
        return Arrays.copyOfRange(body, start, end);
    }

    /** Where the next segment of these names begins, or the end. No charset in use has a line end inside a character. */
    private static int segment(byte[] body, int start, int end, Set<String> names) {
        int at = start;
        while (at < end && !names.contains(name(body, at, end))) {
            while (at < end && body[at] != '\r' && body[at] != '\n') {
                at++;
            }
            while (at < end && (body[at] == '\r' || body[at] == '\n')) {
                at++;
            }
        }
        return at;
    }

    private static String name(byte[] body, int at, int end) {
        return at + NAME > end ? "" : new String(body, at, NAME, StandardCharsets.ISO_8859_1);
    }
}

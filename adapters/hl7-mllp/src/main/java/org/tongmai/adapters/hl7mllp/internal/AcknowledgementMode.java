package org.tongmai.adapters.hl7mllp.internal;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement.Level;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Decides when a message is answered and with what (HL7 chapter 2.9.2 original mode, 2.9.3 enhanced mode).
 *
 * <p>A message with MSH-15 or MSH-16 is in enhanced mode. When MSH-16 asks for an application acknowledgement the
 * message is processed first, and the accept acknowledgement, if asked for, goes out right before it: no sender can
 * tell, and none has to keep a second connection open. When only MSH-15 asks, the message is answered as soon as it is
 * durable.
 */
public final class AcknowledgementMode {
    private static final int ACCEPT_CONDITION = 15;
    private static final int APPLICATION_CONDITION = 16;

    private final Hl7Acknowledgement acknowledgement;
    private final AcknowledgeWhen usual;
    private final Silence silence;

    /** What happens to a message whose conditions ask for no answer at all. */
    public enum Silence {
        /** It is answered as in original mode: most senders that write {@code NE} wait for an answer all the same. */
        NEVER,
        /** It is not answered. */
        AS_ASKED
    }

    /** @param usual when a message in original mode is answered */
    public AcknowledgementMode(Hl7Acknowledgement acknowledgement, AcknowledgeWhen usual, Silence silence) {
        this.acknowledgement = acknowledgement;
        this.usual = usual;
        this.silence = silence;
    }

    /** Says when a message gets its positive answer. */
    public AcknowledgeWhen when(Hl7Header header) {
        if (asks(header, APPLICATION_CONDITION)) {
            return AcknowledgeWhen.PROCESSED;
        }
        return asks(header, ACCEPT_CONDITION) ? AcknowledgeWhen.ACCEPTED : usual;
    }

    /** Writes the answers to a message: one as a rule, two when both are asked for, none when silence is. */
    public List<byte[]> answers(Hl7Header header, Charset charset, Outcome outcome) {
        List<byte[]> answers = new ArrayList<>(2);
        boolean taken = outcome.positive() || outcome.messageId() > 0 && asks(header, APPLICATION_CONDITION);
        Outcome accepted = taken ? new Outcome(Outcome.Disposition.ACCEPTED, outcome.messageId(), List.of()) : outcome;
        if (asksFor(header, ACCEPT_CONDITION, taken)) {
            answers.add(acknowledgement.write(header, charset, accepted, Level.ACCEPT));
        }
        boolean acceptSpoke = !answers.isEmpty();
        if (asksFor(header, APPLICATION_CONDITION, outcome.positive()) && (taken || !acceptSpoke)) {
            answers.add(acknowledgement.write(header, charset, outcome, Level.APPLICATION));
        }
        boolean original = header.field(ACCEPT_CONDITION).isEmpty()
                && header.field(APPLICATION_CONDITION).isEmpty();
        if (answers.isEmpty() && (original || silence == Silence.NEVER)) {
            Level level = asks(header, ACCEPT_CONDITION) ? Level.ACCEPT : Level.APPLICATION;
            answers.add(acknowledgement.write(header, charset, outcome, level));
        }
        return answers;
    }

    private static boolean asks(Hl7Header header, int field) {
        return switch (header.field(field)) {
            case "AL", "ER", "SU" -> true;
            default -> false;
        };
    }

    private static boolean asksFor(Hl7Header header, int field, boolean success) {
        return switch (header.field(field)) {
            case "AL" -> true;
            case "ER" -> !success;
            case "SU" -> success;
            default -> false;
        };
    }
}

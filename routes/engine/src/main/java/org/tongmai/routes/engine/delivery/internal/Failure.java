package org.tongmai.routes.engine.delivery.internal;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/**
 * Why a batch was not delivered, in words without content: of an exception that is not ours only its class is told,
 * because its message may quote what it choked on.
 *
 * @param code {@code TM-…}
 * @param cause one line
 * @param blame whose fault it is
 */
record Failure(String code, String cause, Blame blame) {
    private static final int LONGEST = 500;
    /** FHIR issue type of an answer about this one delivery; the transient types are about the destination. */
    private static final String ABOUT_THE_CONTENT = "processing";

    private static final List<Class<? extends Throwable>> AWAY = List.of(
            SocketException.class,
            UnknownHostException.class,
            InterruptedIOException.class,
            ClosedChannelException.class,
            TimeoutException.class,
            InterruptedException.class,
            RejectedExecutionException.class);
    private static final List<Class<? extends Throwable>> CHOKED = List.of(
            NullPointerException.class,
            IllegalArgumentException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            UnsupportedOperationException.class,
            ArithmeticException.class,
            TypeConversionException.class,
            NoTypeConversionAvailableException.class,
            InvalidPayloadException.class,
            StackOverflowError.class);

    /** Whose fault a failure is. */
    enum Blame {
        /** It could not be reached: nothing is ever parked for that, however long it takes. */
        DESTINATION,
        /** It may be either's: tried again a bounded number of times while others go through. */
        UNCLEAR,
        /** "This input broke me": not tried again as it is. */
        CONTENT
    }

    static Failure of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return of(coded.issues().get(0), blame(coded.code()));
            }
            if (each instanceof SQLException sql) {
                return of(
                        Issue.of(DeliveryError.DATABASE_AWAY, "", "SQLSTATE " + sql.getSQLState()), Blame.DESTINATION);
            }
            root = each;
            if (each.getCause() == each) {
                break;
            }
        }
        DeliveryError code = codeOf(root);
        return of(Issue.of(code, "", root.getClass().getSimpleName()), blame(code));
    }

    private static Failure of(Issue issue, Blame blame) {
        String line = issue.text().replace('\n', ' ').replace('\0', ' ');
        return new Failure(issue.code().code(), line.length() > LONGEST ? line.substring(0, LONGEST) : line, blame);
    }

    private static Blame blame(ErrorCode code) {
        if (!code.retryable()) {
            return Blame.CONTENT;
        }
        return code.wire().fhirIssue().equals(ABOUT_THE_CONTENT) ? Blame.UNCLEAR : Blame.DESTINATION;
    }

    private static DeliveryError codeOf(Throwable root) {
        if (AWAY.stream().anyMatch(type -> type.isInstance(root))) {
            return DeliveryError.UNREACHABLE;
        }
        return CHOKED.stream().anyMatch(type -> type.isInstance(root))
                ? DeliveryError.FAILED
                : DeliveryError.UNFORESEEN;
    }
}

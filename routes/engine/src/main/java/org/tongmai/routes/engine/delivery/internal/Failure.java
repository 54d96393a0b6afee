package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.TypeConversionException;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Why a batch was not delivered, in words without content: of an exception that is not ours only its class is told,
 * because its message may quote what it choked on.
 *
 * @param code {@code TM-…}
 * @param cause one line
 * @param retryable whether the destination is to be tried again; otherwise the delivery is parked
 */
record Failure(String code, String cause, boolean retryable) {
    private static final int LONGEST = 500;

    static Failure of(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return of(coded.issues().get(0), coded.retryable());
            }
            root = each;
            if (each.getCause() == each) {
                break;
            }
        }
        DeliveryError code = codeOf(root);
        return of(Issue.of(code, "", root.getClass().getSimpleName()), code.retryable());
    }

    private static Failure of(Issue issue, boolean retryable) {
        String line = issue.text().replace('\n', ' ').replace('\0', ' ');
        return new Failure(issue.code().code(), line.length() > LONGEST ? line.substring(0, LONGEST) : line, retryable);
    }

    /** Nothing is parked for being unreachable; what says "this input broke me" is not tried again as it is. */
    private static DeliveryError codeOf(Throwable root) {
        if (root instanceof SQLException) {
            return DeliveryError.DATABASE_AWAY;
        }
        boolean contentIsToBlame = root instanceof NullPointerException
                || root instanceof IllegalArgumentException
                || root instanceof ClassCastException
                || root instanceof IndexOutOfBoundsException
                || root instanceof UnsupportedOperationException
                || root instanceof ArithmeticException
                || root instanceof TypeConversionException
                || root instanceof NoTypeConversionAvailableException
                || root instanceof InvalidPayloadException
                || root instanceof StackOverflowError;
        return contentIsToBlame ? DeliveryError.FAILED : DeliveryError.UNREACHABLE;
    }
}

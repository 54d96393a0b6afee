package org.tongmai.routes.engine.gateway.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Reads the fields that a call proves something by: each comes once, and its time is near.
 *
 * @param window how far the time may be from ours, either way
 */
record ProofFields(Duration window, Clock clock) {
    private static final int LONGEST_TIMESTAMP = 15;

    /** When the call came in: a large content waits to be judged. */
    Instant cameIn(Passage passage) {
        return clock.instant().minusNanos(passage.elapsed());
    }

    /**
     * The time the call says, in milliseconds since 1970.
     *
     * @throws Refused {@link GatewayError#SIGNATURE_MISSING}, {@link GatewayError#CLOCK_SKEW}
     */
    long timestamp(HttpCall call, Instant cameIn) {
        String text = onlyOne(call, RequestSignature.TIMESTAMP_HEADER, "");
        boolean digits = !text.isEmpty()
                && text.length() <= LONGEST_TIMESTAMP
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw missing(RequestSignature.TIMESTAMP_HEADER);
        }
        long timestamp = Long.parseLong(text);
        if (Math.abs(cameIn.toEpochMilli() - timestamp) > window.toMillis()) {
            throw new Refused(
                    GatewayError.CLOCK_SKEW,
                    RequestSignature.TIMESTAMP_HEADER,
                    "expected: at most " + window.toSeconds() + " s from now");
        }
        return timestamp;
    }

    /** Two fields of one name are two readings of one request. */
    static String onlyOne(HttpCall call, String name, String otherwise) {
        List<String> values = call.fields().all(name);
        if (values.size() > 1) {
            throw missing(name);
        }
        return values.isEmpty() ? otherwise : values.get(0);
    }

    static Refused missing(String where) {
        return new Refused(GatewayError.SIGNATURE_MISSING, where, "");
    }
}

package org.tongmai.routes.engine.gateway.chain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Sm3Stream;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignedRequest;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;

/** Verifies that the application sent this very request, and just now (国密签名校验, RSA 签名校验). */
final class SignatureGuard implements Guard {
    private static final String DEFAULT_PROFILE = "sm2-sm3";
    private static final int LONGEST_TIMESTAMP = 15;
    /** Bytes of a content in a file that are read at a time. */
    private static final int PIECE = 64 * 1024;

    private final List<String> profiles;
    private final Duration window;
    private final Clock clock;

    SignatureGuard(List<String> profiles, Duration window, Clock clock) {
        this.profiles = profiles;
        this.window = window;
        this.clock = clock;
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.received();
        String profile = onlyOne(call, RequestSignature.PROFILE_HEADER, DEFAULT_PROFILE);
        if (!profiles.contains(profile)) {
            throw missing(RequestSignature.PROFILE_HEADER);
        }
        long timestamp = timestamp(onlyOne(call, RequestSignature.TIMESTAMP_HEADER, ""));
        Instant now = clock.instant().minusNanos(passage.elapsed()); // a large content waits to be judged
        if (Math.abs(now.toEpochMilli() - timestamp) > window.toMillis()) {
            throw new Refused(
                    GatewayError.CLOCK_SKEW,
                    RequestSignature.TIMESTAMP_HEADER,
                    "expected: at most " + window.toSeconds() + " s from now");
        }
        String nonce = onlyOne(call, RequestSignature.NONCE_HEADER, "");
        String signature = onlyOne(call, RequestSignature.SIGNATURE_HEADER, "");
        SignedRequest request = request(passage, timestamp, nonce);
        require(passage.application().verifiers(profile, now), request, signature);
        passage.signed(new Passage.SignedBy(nonce, timestamp));
    }

    /** By one of the keys; where one of them can not be used now, nobody can say that it is by none. */
    private static void require(List<Verifier> keys, SignedRequest request, String signature) {
        CodedException away = null;
        for (Verifier key : keys) {
            try {
                if (RequestSignature.verifies(request, signature, key)) {
                    return;
                }
            } catch (CodedException e) {
                away = e;
            }
        }
        throw away == null
                ? new Refused(GatewayError.SIGNATURE_WRONG, RequestSignature.SIGNATURE_HEADER, "")
                : new Refused(away.issues().get(0));
    }

    private static SignedRequest request(Passage passage, long timestamp, String nonce) {
        HttpCall call = passage.received();
        try {
            return new SignedRequest(
                    call.method(),
                    call.path(),
                    call.query(),
                    hash(call.content()),
                    passage.application().id(),
                    timestamp,
                    nonce);
        } catch (CodedException e) {
            throw missing(e.issues().get(0).location());
        }
    }

    private static String hash(HttpContent content) {
        if (content.length() == 0) {
            return SignedRequest.NO_BODY;
        }
        if (content.isHeld()) {
            return Sm3.hex(content.bytes());
        }
        Sm3Stream hash = new Sm3Stream();
        for (long at = 0; at < content.length(); at += PIECE) {
            byte[] piece = content.read(at, PIECE);
            hash.update(piece, 0, piece.length);
        }
        return hash.hex();
    }

    private static long timestamp(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= LONGEST_TIMESTAMP
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw missing(RequestSignature.TIMESTAMP_HEADER);
        }
        return Long.parseLong(text);
    }

    /** Two fields of one name are two readings of one request. */
    private static String onlyOne(HttpCall call, String name, String otherwise) {
        List<String> values = call.fields().all(name);
        if (values.size() > 1) {
            throw missing(name);
        }
        return values.isEmpty() ? otherwise : values.get(0);
    }

    private static Refused missing(String where) {
        return new Refused(GatewayError.SIGNATURE_MISSING, where, "");
    }
}

package org.tongmai.routes.engine.gateway.chain;

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
    /** Bytes of a content in a file that are read at a time. */
    private static final int PIECE = 64 * 1024;

    private final List<String> profiles;
    private final ProofFields fields;

    SignatureGuard(List<String> profiles, ProofFields fields) {
        this.profiles = profiles;
        this.fields = fields;
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.received();
        String profile = ProofFields.onlyOne(call, RequestSignature.PROFILE_HEADER, DEFAULT_PROFILE);
        if (!profiles.contains(profile)) {
            throw ProofFields.missing(RequestSignature.PROFILE_HEADER);
        }
        Instant cameIn = fields.cameIn(passage);
        long timestamp = fields.timestamp(call, cameIn);
        String nonce = ProofFields.onlyOne(call, RequestSignature.NONCE_HEADER, "");
        String signature = ProofFields.onlyOne(call, RequestSignature.SIGNATURE_HEADER, "");
        SignedRequest request = request(passage, timestamp, nonce);
        require(passage.application().verifiers(profile, cameIn), request, signature);
        passage.numbered(new Passage.Nonce(nonce, timestamp));
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
            throw ProofFields.missing(e.issues().get(0).location());
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
}

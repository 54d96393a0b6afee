package org.tongmai.routes.engine.gateway.chain;

import java.util.regex.Pattern;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignedRequest;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Asks for the number of a call that nobody signed, and for its time, so that the same call does not pass again (防重放).
 * Whoever has the token can make a new number: this stops repetition, not a thief.
 */
record NonceGuard(ProofFields fields) implements Guard {
    private static final Pattern NONCE = Pattern.compile("[!-~]{1," + SignedRequest.LONGEST_TOKEN + "}");

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.received();
        long timestamp = fields.timestamp(call, fields.cameIn(passage));
        String nonce = ProofFields.onlyOne(call, RequestSignature.NONCE_HEADER, "");
        if (!NONCE.matcher(nonce).matches()) {
            throw ProofFields.missing(RequestSignature.NONCE_HEADER);
        }
        passage.numbered(new Passage.Nonce(nonce, timestamp));
    }
}

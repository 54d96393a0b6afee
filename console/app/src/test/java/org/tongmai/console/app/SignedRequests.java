package org.tongmai.console.app;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.crypto.request.SignedRequest;

/**
 * Requests as an application signs them for the open gateway.
 *
 * @param gateway scheme, host and port
 * @param application what it names itself by
 * @param profile of its signatures
 */
record SignedRequests(String gateway, String application, SignatureProfile profile, Signer signer) {
    /** @param path without a query */
    HttpRequest.Builder request(String method, String path, byte[] body) {
        String nonce = UUID.randomUUID().toString();
        long now = System.currentTimeMillis();
        SignedRequest signed = new SignedRequest(method, path, "", Sm3.hex(body), application, now, nonce);
        return HttpRequest.newBuilder(URI.create(gateway + path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header(RequestSignature.APP_HEADER, application)
                .header(RequestSignature.TIMESTAMP_HEADER, Long.toString(now))
                .header(RequestSignature.NONCE_HEADER, nonce)
                .header(RequestSignature.PROFILE_HEADER, profile.text())
                .header(RequestSignature.SIGNATURE_HEADER, RequestSignature.sign(signed, signer));
    }
}

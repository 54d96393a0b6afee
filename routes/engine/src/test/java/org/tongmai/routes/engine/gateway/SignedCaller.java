package org.tongmai.routes.engine.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.crypto.request.SignedRequest;

/** Calls the open gateway as an application does. */
final class SignedCaller {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String application;
    private final SignatureProfile profile;
    private final Signer signer;

    SignedCaller(String application, Sm2PrivateKey key) {
        this(application, SignatureProfile.SM2_SM3, key.signer(SignatureScheme.RAW));
    }

    SignedCaller(String application, SignatureProfile profile, Signer signer) {
        this.application = application;
        this.profile = profile;
        this.signer = signer;
    }

    /** A request with everything the signature needs, for a test to send, or to spoil first. */
    HttpRequest.Builder request(int port, String method, String target, byte[] body, long timestamp) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        String nonce = UUID.randomUUID().toString();
        String hash = Sm3.hex(body);
        SignedRequest signed = new SignedRequest(method, path, query, hash, application, timestamp, nonce);
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header(RequestSignature.APP_HEADER, application)
                .header(RequestSignature.TIMESTAMP_HEADER, Long.toString(timestamp))
                .header(RequestSignature.NONCE_HEADER, nonce)
                .header(RequestSignature.PROFILE_HEADER, profile.text())
                .header(RequestSignature.SIGNATURE_HEADER, RequestSignature.sign(signed, signer));
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A call with nothing but its address. */
    static HttpResponse<String> get(int port, String target) {
        return send(HttpRequest.newBuilder(uri(port, target)).build());
    }

    static HttpResponse<String> post(int port, String target) {
        return send(HttpRequest.newBuilder(uri(port, target))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());
    }

    static URI uri(int port, String target) {
        return URI.create("http://127.0.0.1:" + port + target);
    }

    static String code(HttpResponse<String> answer) {
        int at = answer.body().indexOf("TM-");
        return at < 0
                ? answer.statusCode() + " " + answer.body()
                : answer.body().substring(at, at + 12);
    }
}

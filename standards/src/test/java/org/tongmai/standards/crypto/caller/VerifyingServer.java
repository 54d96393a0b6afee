package org.tongmai.standards.crypto.caller;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.crypto.request.SignedRequest;

/** A server that does with a request what the gateway does with its signature, and says in its answer what it read. */
final class VerifyingServer implements AutoCloseable {
    private final HttpServer server;
    private final Verifier verifier;

    VerifyingServer(Verifier verifier) throws IOException {
        this.verifier = verifier;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getRawQuery();
        SignedRequest request = new SignedRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                Sm3.hex(body),
                header(exchange, RequestSignature.APP_HEADER),
                Long.parseLong(header(exchange, RequestSignature.TIMESTAMP_HEADER)),
                header(exchange, RequestSignature.NONCE_HEADER));
        boolean right = header(exchange, RequestSignature.PROFILE_HEADER).equals(SignatureProfile.SM2_SM3.text())
                && RequestSignature.verifies(request, header(exchange, RequestSignature.SIGNATURE_HEADER), verifier);
        byte[] answer = ((right ? "verified " : "refused ") + request.appId() + " "
                        + request.canonicalString().split("\n", -1)[2] + " " + body.length)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(right ? 200 : 401, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

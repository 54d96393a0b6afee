package org.tongmai.benchmarks.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bouncycastle.util.Arrays;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignedRequest;

/**
 * Requests ready to be sent. Where the load is as much as the gateway takes they are signed before the clock runs, because
 * signing is the callers' cost; a long load signs as it goes, since a signature is good for five minutes only.
 */
final class SignedCalls {
    private static final String PATH = "/bench/full/appointments";
    private static final String APPLICATION = "bench";
    private static final int AHEAD = 10_000;
    private static final byte[] BODY = ("{\"hospital\":\"42500000-1\",\"department\":\"0301\",\"doctor\":\"D001\","
                    + "\"date\":\"2026-12-01\",\"period\":\"AM\",\"patient\":{\"name\":\"张三\",\"phone\":\"13800000000\"},"
                    + "\"remark\":\"复诊, O'Brien 医生; 请安排在 10:00 以后\"}")
            .getBytes(StandardCharsets.UTF_8);

    private SignedCalls() {}

    /** So many, all of them made now. */
    static Supplier<byte[]> before(int count, Sm2PrivateKey key) {
        Signer signer = key.signer(SignatureScheme.RAW);
        String hash = Sm3.hex(BODY);
        Iterator<byte[]> made = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> one(signer, hash, "q=" + i))
                .toList()
                .iterator();
        return () -> made.hasNext() ? made.next() : null;
    }

    /** Made by a thread of its own, a few ahead of the one that sends. */
    static Supplier<byte[]> meanwhile(Sm2PrivateKey key) {
        BlockingQueue<byte[]> made = new ArrayBlockingQueue<>(AHEAD);
        Thread signing = new Thread(() -> sign(key, made), "signing");
        signing.setDaemon(true);
        signing.start();
        return () -> {
            try {
                return made.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        };
    }

    private static void sign(Sm2PrivateKey key, BlockingQueue<byte[]> made) {
        Signer signer = key.signer(SignatureScheme.RAW);
        String hash = Sm3.hex(BODY);
        try {
            for (long i = 0; ; i++) {
                made.put(one(signer, hash, "q=" + i));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] one(Signer signer, String hash, String query) {
        long now = System.currentTimeMillis();
        String nonce = UUID.randomUUID().toString();
        SignedRequest request = new SignedRequest("POST", PATH, query, hash, APPLICATION, now, nonce);
        String head = "POST " + PATH + "?" + query + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
                + "User-Agent: benchmark\r\nAccept: application/json\r\nContent-Length: " + BODY.length + "\r\n"
                + RequestSignature.APP_HEADER + ": " + APPLICATION + "\r\n"
                + RequestSignature.TIMESTAMP_HEADER + ": " + now + "\r\n"
                + RequestSignature.NONCE_HEADER + ": " + nonce + "\r\n"
                + RequestSignature.SIGNATURE_HEADER + ": " + RequestSignature.sign(request, signer) + "\r\n\r\n";
        return Arrays.concatenate(head.getBytes(StandardCharsets.US_ASCII), BODY);
    }

    /** One without a signature, again and again. */
    static Supplier<byte[]> plain() {
        byte[] call =
                ("GET /bench/plain/1 HTTP/1.1\r\nHost: gateway\r\nAccept: application/json\r\nUser-Agent: benchmark\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        return () -> call;
    }
}

package org.tongmai.benchmarks.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.crypto.Sm2Verifier;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Sm4Key;
import org.tongmai.standards.crypto.request.RequestSignature;
import org.tongmai.standards.crypto.request.SignedRequest;

/** One call each, on one thread; microseconds a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
public class CryptoBenchmark {
    private static final int KIB = 1024;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate();
    private final byte[] encodedKey = key.publicKey().encoded();
    private final Sm2Verifier verifier = key.publicKey().verifier(SignatureScheme.RAW);
    private final HmacSm3Key hmac = HmacSm3Key.generate();
    private final Sm4Key sm4 = Sm4Key.generate();
    private final byte[] context = "benchmark".getBytes(StandardCharsets.US_ASCII);
    private final byte[] kilobyte = new byte[KIB];
    private final byte[] hundredKilobytes = new byte[100 * KIB];
    private byte[] sealedKilobyte;
    private byte[] sealedHundredKilobytes;
    private SignedRequest request;
    private byte[] stringToSign;
    private byte[] signature;
    private String header;

    /** Makes what is verified and opened. */
    @Setup
    public void setUp() {
        new Random(7).nextBytes(kilobyte);
        new Random(8).nextBytes(hundredKilobytes);
        request = request("a=1&name=%E4%B8%AD%E6%96%87&page=2");
        stringToSign = request.canonicalBytes();
        signature = key.sign(stringToSign, SignatureScheme.RAW);
        header = Base64.getEncoder().encodeToString(signature);
        sealedKilobyte = sm4.seal(kilobyte, context);
        sealedHundredKilobytes = sm4.seal(hundredKilobytes, context);
    }

    private SignedRequest request(String query) {
        return new SignedRequest(
                "POST", "/bus/appointments", query, Sm3.hex(kilobyte), "his-of-hospital-1", 1767240000000L, "5f0c91");
    }

    /** A warm verification of a string to sign. */
    @Benchmark
    public boolean sm2Verify() {
        return verifier.verifies(stringToSign, signature);
    }

    /** The first verification of a key: read, make tables, verify. */
    @Benchmark
    public boolean sm2VerifyFirst() {
        return Sm2PublicKey.of(encodedKey).verifies(stringToSign, signature, SignatureScheme.RAW);
    }

    /** Everything the gateway does for a signature: hash the body (1 KiB), write the string to sign, verify. */
    @Benchmark
    public boolean requestVerify() {
        return RequestSignature.verifies(request("a=1&name=%E4%B8%AD%E6%96%87&page=2"), header, verifier);
    }

    /** The string to sign of a query that came in canonical form. */
    @Benchmark
    public byte[] canonical() {
        return request.canonicalBytes();
    }

    /** The string to sign of a query that must be sorted and encoded. */
    @Benchmark
    public byte[] canonicalOfAnyQuery() {
        return new SignedRequest(
                        "POST",
                        "/bus/appointments",
                        "page=2&name=%e4%b8%ad%e6%96%87&a=1",
                        SignedRequest.NO_BODY,
                        "his-of-hospital-1",
                        1767240000000L,
                        "5f0c91")
                .canonicalBytes();
    }

    @Benchmark
    public byte[] sm2Sign() {
        return key.sign(stringToSign, SignatureScheme.RAW);
    }

    @Benchmark
    public byte[] sm3OfOneKibibyte() {
        return Sm3.digest(kilobyte);
    }

    @Benchmark
    public byte[] hmacSm3OfOneKibibyte() {
        return hmac.sign(kilobyte);
    }

    @Benchmark
    public byte[] sm4GcmSealOneKibibyte() {
        return sm4.seal(kilobyte, context);
    }

    @Benchmark
    public byte[] sm4GcmOpenOneKibibyte() {
        return sm4.open(sealedKilobyte, context);
    }

    @Benchmark
    public byte[] sm4GcmSealHundredKibibytes() {
        return sm4.seal(hundredKilobytes, context);
    }

    @Benchmark
    public byte[] sm4GcmOpenHundredKibibytes() {
        return sm4.open(sealedHundredKilobytes, context);
    }
}

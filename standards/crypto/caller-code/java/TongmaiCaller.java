import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * Calls services of the open gateway, signed with SM2. Java 17 or later; org.bouncycastle:bcprov-jdk18on 1.78 or later.
 *
 * <pre>
 * java TongmaiCaller &lt;private key, 64 hexadecimal digits&gt; &lt;method&gt; &lt;path&gt; &lt;body file or -&gt;
 *     [name=value ...]
 * </pre>
 *
 * <p>Keep the private key where only this program reads it.
 */
public final class TongmaiCaller {
    private static final String GATEWAY = "{{gateway}}";
    private static final String APP = "{{app}}";
    private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
    private static final ECDomainParameters SM2 = new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ECPrivateKeyParameters key;

    /** A parameter of the query, not encoded. */
    public record Parameter(String name, String value) {}

    public TongmaiCaller(String privateKey) {
        this.key = new ECPrivateKeyParameters(new BigInteger(privateKey, 16), SM2);
    }

    /** The path is sent and signed as it is: percent-encode it before. */
    public HttpResponse<String> call(String method, String path, List<Parameter> parameters, byte[] body)
            throws Exception {
        String query = canonicalQuery(parameters);
        String timestamp = String.valueOf(System.currentTimeMillis());
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        String text = String.join("\n", method, path, query, sm3(body), APP, timestamp, nonce);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(GATEWAY + path + (query.isEmpty() ? "" : "?" + query)))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("X-Tongmai-App", APP)
                .header("X-Tongmai-Timestamp", timestamp)
                .header("X-Tongmai-Nonce", nonce)
                .header("X-Tongmai-Signature-Profile", "sm2-sm3")
                .header("X-Tongmai-Signature", sign(text));
        if (body.length > 0) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** r and s of 32 bytes each, in Base64 (GB/T 32918.2). */
    private String sign(String text) throws CryptoException {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE);
        signer.init(true, new ParametersWithID(new ParametersWithRandom(key, RANDOM), USER_ID));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        signer.update(bytes, 0, bytes.length);
        return Base64.getEncoder().encodeToString(signer.generateSignature());
    }

    private static String sm3(byte[] data) {
        SM3Digest digest = new SM3Digest();
        digest.update(data, 0, data.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }

    /** Percent-encoded, sorted by name, then by value. */
    private static String canonicalQuery(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> new Parameter(encode(parameter.name()), encode(parameter.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /** RFC 3986; the encoder is that of forms. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    public static void main(String[] arguments) throws Exception {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 4; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            parameters.add(new Parameter(pair[0], pair[1]));
        }
        byte[] body = arguments[3].equals("-") ? new byte[0] : Files.readAllBytes(Path.of(arguments[3]));
        HttpResponse<String> answer =
                new TongmaiCaller(arguments[0]).call(arguments[1], arguments[2], parameters, body);
        System.out.println(answer.statusCode() + " " + answer.body());
    }
}

package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.test.FixedSecureRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Vectors of Wycheproof, Botan and OpenSSL, all of them. What is not offered is counted, so that nothing hides there. */
class SmVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HASH_DIGITS = 64;

    private final Map<String, Integer> agreed = new TreeMap<>();
    private final Map<String, Integer> notOffered = new TreeMap<>();

    @Test
    void every_vector_of_others_is_agreed_with() throws IOException {
        for (JsonNode vector :
                new ObjectMapper().readTree(folder().resolve("vectors.json").toFile())) {
            String algorithm = vector.path("alg").asText();
            boolean offered =
                    switch (algorithm) {
                        case "SM4-GCM" -> seals(ContentCipher.SM4_GCM, vector);
                        case "SM4-CCM" -> seals(ContentCipher.SM4_CCM, vector);
                        case "SM4-ECB-nopad" -> encryptsBlocks(vector);
                        case "HMAC-SM3" -> authenticates(vector);
                        case "SM2-encrypt" -> encrypts(vector);
                        case "SM2-decrypt-DER" -> decrypts(vector);
                        case "SM2-verify-digest" -> verifies(vector);
                        default -> throw new AssertionError(algorithm);
                    };
            (offered ? agreed : notOffered).merge(algorithm, 1, Integer::sum);
        }
        assertThat(agreed)
                .isEqualTo(Map.of(
                        "HMAC-SM3",
                        4,
                        "SM2-decrypt-DER",
                        4,
                        "SM2-encrypt",
                        4,
                        "SM2-verify-digest",
                        2,
                        "SM4-CCM",
                        184,
                        "SM4-ECB-nopad",
                        22,
                        "SM4-GCM",
                        104));
        // SM2 with SHA-256, and with SHA-512, which OpenSSL refuses as well.
        assertThat(notOffered).isEqualTo(Map.of("SM2-encrypt", 1, "SM2-verify-digest", 1));
    }

    @Test
    void every_broken_ciphertext_of_botan_is_refused() throws IOException {
        Sm2PrivateKey key = null;
        int refused = 0;
        for (String line : Files.readAllLines(folder().resolve("randombit_botan/sm2_invalid.vec"))) {
            if (line.startsWith("Key =")) {
                key = Sm2PrivateKey.ofNumber(HEX.parseHex(value(line)));
            } else if (line.startsWith("Ctext =")) {
                byte[] ciphertext = HEX.parseHex(value(line));
                Sm2PrivateKey owner = key;
                assertRefused(CryptoError.SEAL_BROKEN, () -> owner.decrypt(ciphertext, CiphertextForm.DER));
                refused++;
            }
        }
        assertThat(refused).isEqualTo(20);
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1).strip();
    }

    private boolean seals(ContentCipher cipher, JsonNode vector) {
        byte[] key = hex(vector, "key");
        byte[] nonce = hex(vector, "iv");
        byte[] expected = hex(vector, "expected");
        int tag = vector.path("tagBits").asInt() / Byte.SIZE;
        SealMode mode = cipher.mode();
        int length = Math.max(0, expected.length - tag);
        SealedContent sealed = new SealedContent(
                nonce, Arrays.copyOf(expected, length), Arrays.copyOfRange(expected, length, expected.length));
        if (tag != mode.tagBytes() || !vector.path("valid").asBoolean()) {
            assertRefused(CryptoError.SEAL_BROKEN, () -> mode.open(key, sealed, hex(vector, "aad")));
            return true;
        }
        SealedContent made = mode.seal(key, nonce, hex(vector, "input"), hex(vector, "aad"));
        assertThat(made.ciphertext()).isEqualTo(sealed.ciphertext());
        assertThat(made.tag()).isEqualTo(sealed.tag());
        assertThat(mode.open(key, sealed, hex(vector, "aad"))).isEqualTo(hex(vector, "input"));
        return true;
    }

    private boolean encryptsBlocks(JsonNode vector) {
        byte[] content = hex(vector, "input");
        for (int i = 0; i < Math.max(1, vector.path("iterations").asInt()); i++) {
            byte[] ciphertext = UnauthenticatedSm4.encryptEcb(hex(vector, "key"), content);
            assertThat(UnauthenticatedSm4.decryptEcb(hex(vector, "key"), ciphertext))
                    .isEqualTo(content);
            content = Arrays.copyOf(ciphertext, content.length);
        }
        assertThat(content).isEqualTo(hex(vector, "expected"));
        return true;
    }

    private boolean authenticates(JsonNode vector) {
        assertThat(HmacSm3Key.ofAnyLength(text(vector, "key")).sign(text(vector, "input")))
                .isEqualTo(hex(vector, "expected"));
        return true;
    }

    private boolean encrypts(JsonNode vector) {
        if (!vector.path("hash").isNull() && !vector.path("hash").asText().equals("SM3")) {
            return false;
        }
        JsonNode curve = vector.path("curve");
        ECCurve points = new ECCurve.Fp(
                number(curve, "P"), number(curve, "A"), number(curve, "B"), number(curve, "Order"), BigInteger.ONE);
        ECPoint g = points.createPoint(number(curve, "xG"), number(curve, "yG"));
        ECDomainParameters domain = new ECDomainParameters(points, g, number(curve, "Order"), BigInteger.ONE);
        BigInteger d = number(vector, "priv");
        byte[] ciphertext = Sm2Encryption.encrypt(
                new ECPublicKeyParameters(g.multiply(d), domain),
                hex(vector, "input"),
                CiphertextForm.DER,
                new FixedSecureRandom(hex(vector, "nonce")));
        assertThat(ciphertext).isEqualTo(hex(vector, "expected"));
        assertThat(Sm2Encryption.decrypt(new ECPrivateKeyParameters(d, domain), ciphertext, CiphertextForm.DER))
                .isEqualTo(hex(vector, "input"));
        return true;
    }

    private boolean decrypts(JsonNode vector) throws IOException {
        assertThat(opensslKey().decrypt(hex(vector, "input"), CiphertextForm.DER))
                .isEqualTo(text(vector, "expected"));
        return true;
    }

    private boolean verifies(JsonNode vector) throws IOException {
        String hash = vector.path("input").asText();
        if (hash.length() != HASH_DIGITS) {
            return false;
        }
        BigInteger[] numbers = SignatureForm.DER.read(hex(vector, "expected")).orElseThrow();
        CombTable multiples = opensslKey().publicKey().multiples();
        assertThat(Sm2Verifier.verifiesHash(multiples, HEX.parseHex(hash), numbers))
                .isTrue();
        assertThat(Sm2Verifier.verifiesHash(multiples, HEX.parseHex(hash), new BigInteger[] {numbers[1], numbers[0]}))
                .isFalse();
        return true;
    }

    private static Sm2PrivateKey opensslKey() throws IOException {
        String file = Files.readString(folder().resolve("openssl_openssl/evppkey_sm2.txt"));
        return PemKeys.readPrivate(file.substring(file.indexOf("-----BEGIN")), new char[0]);
    }

    private static byte[] hex(JsonNode vector, String field) {
        return HEX.parseHex(vector.path(field).asText());
    }

    /** OpenSSL's files have hexadecimal digits, or text in quotation marks. */
    private static byte[] text(JsonNode vector, String field) {
        String value = vector.path(field).asText();
        return value.startsWith("\"")
                ? value.substring(1, value.length() - 1).getBytes(StandardCharsets.US_ASCII)
                : HEX.parseHex(value);
    }

    private static BigInteger number(JsonNode vector, String field) {
        return new BigInteger(vector.path(field).asText().replaceFirst("^0x", ""), 16);
    }

    private static Path folder() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path found = up.resolve("shared/corpora/sm-vectors");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return Assumptions.abort("no folder shared/corpora/sm-vectors above the repository");
    }
}

package org.tongmai.routes.engine.gateway.rules;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.error.CodedException;

/**
 * Keys that a provider's signatures may be verified with, of a JWK set (RFC 7517): RSA of 2048 bits and more, EC of P-256, and
 * SM2. Others are left out, so that a secret is never taken for a public key.
 *
 * <p>No name of SM2 is registered for JOSE; {@code "kty": "EC", "crv": "SM2"} and {@code "alg": "SM2"} are what is used in the
 * field. The signature is r ‖ s of 64 bytes, as that of ES256 (RFC 7518, 3.4), with the default user id (GB/T 35276-2017, 10).
 */
public final class ProviderKeys {
    /** {@code alg} of a token that is signed by SM2 with SM3. */
    public static final String SM2 = "SM2";

    public static final ProviderKeys NONE = new ProviderKeys(new JWKSet(), Map.of());

    private static final int LEAST_BITS = 2048;
    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private final JWKSet foreign;
    private final Map<String, Verifier> national;

    private ProviderKeys(JWKSet foreign, Map<String, Verifier> national) {
        this.foreign = foreign;
        this.national = Map.copyOf(national);
    }

    /** @throws ParseException of what is no JWK set, or has an SM2 key that is none */
    public static ProviderKeys of(String text) throws ParseException {
        Map<String, Verifier> national = new HashMap<>();
        for (Map<String, Object> key : keys(text, true)) {
            if (!isToVerify(key)) {
                continue;
            }
            String id = key.get("kid") == null ? "" : JSONObjectUtils.getString(key, "kid");
            if (national.put(id, sm2(key).verifier(SignatureScheme.RAW)) != null) {
                throw new ParseException("two SM2 keys of one kid", 0);
            }
        }
        JWKSet foreign = new JWKSet(foreign(text).getKeys().stream()
                .filter(ProviderKeys::isUsable)
                .map(JWK::toPublicJWK)
                .toList());
        return new ProviderKeys(foreign, national);
    }

    /**
     * Whether a JWK set has a key that may not be there: the private half of a pair, or a secret.
     *
     * @throws ParseException of what is no JWK set
     */
    public static boolean holdSecret(String text) throws ParseException {
        return foreign(text).getKeys().stream().anyMatch(JWK::isPrivate)
                || keys(text, true).stream().anyMatch(key -> key.containsKey("d"));
    }

    /** Without those of SM2, which nimbus takes for broken ones. */
    private static JWKSet foreign(String text) throws ParseException {
        return JWKSet.parse(Map.of("keys", keys(text, false)));
    }

    private static List<Map<String, Object>> keys(String text, boolean ofSm2) throws ParseException {
        Map<String, Object>[] all = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(text), "keys");
        if (all == null) {
            throw new ParseException("no keys", 0);
        }
        List<Map<String, Object>> keys = new ArrayList<>();
        for (Map<String, Object> key : all) {
            if (("EC".equals(key.get("kty")) && SM2.equals(key.get("crv"))) == ofSm2) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** A key says what it is for (RFC 7517, 4.2 and 4.3); one that says nothing is for anything. */
    private static boolean isToVerify(Map<String, Object> key) throws ParseException {
        boolean signs = key.get("use") == null || "sig".equals(key.get("use"));
        List<String> operations = JSONObjectUtils.getStringList(key, "key_ops");
        return signs && (operations == null || operations.contains("verify"));
    }

    private static Sm2PublicKey sm2(Map<String, Object> key) throws ParseException {
        try {
            return Sm2PublicKey.ofPoint(ByteBuffer.allocate(1 + 2 * COORDINATE_BYTES)
                    .put(UNCOMPRESSED)
                    .put(coordinate(key, "x"))
                    .put(coordinate(key, "y"))
                    .array());
        } catch (CodedException e) {
            throw new ParseException("not a point of SM2", 0);
        }
    }

    private static byte[] coordinate(Map<String, Object> key, String name) throws ParseException {
        String text = JSONObjectUtils.getString(key, name);
        byte[] bytes = text == null ? new byte[0] : new Base64URL(text).decode();
        if (bytes.length != COORDINATE_BYTES) {
            throw new ParseException(name + " of " + bytes.length + " bytes", 0);
        }
        return bytes;
    }

    private static boolean isUsable(JWK key) {
        return key instanceof RSAKey rsa && rsa.size() >= LEAST_BITS
                || key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
    }

    public int size() {
        return foreign.size() + national.size();
    }

    /** Whether it is said which key is meant: by its name, or since there is one alone. */
    public boolean name(String keyId) {
        return keyId == null ? size() == 1 : foreign.getKeyByKeyId(keyId) != null || national.containsKey(keyId);
    }

    /** Those of RSA and P-256: never an SM2 key. */
    public JWKSet foreign() {
        return foreign;
    }

    /** What verifies by the SM2 key of this name, never by another kind of key; null for the only key there is. */
    public Optional<Verifier> national(String keyId) {
        return keyId == null ? national.values().stream().findFirst() : Optional.ofNullable(national.get(keyId));
    }
}

package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.util.test.FixedSecureRandom;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;

/** The example of GB/T 32918.5-2017, annex A.2 (the same as GM/T 0003.5-2012), and what must not verify. */
public class Sm2Test {
    static final String D = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private static final String PUBLIC_X = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private static final String PUBLIC_Y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final String K = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
    private static final String R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private static final String S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);
    private static final HexFormat HEX = HexFormat.of();

    private static Sm2PrivateKey standardKey() throws Exception {
        return Sm2PrivateKey.of(PrivateKeyInfoFactory.createPrivateKeyInfo(
                        new ECPrivateKeyParameters(new BigInteger(D, 16), Sm2Curve.DOMAIN))
                .getEncoded());
    }

    @Test
    void the_public_key_of_the_standard_belongs_to_its_private_key() throws Exception {
        assertThat(HEX.formatHex(standardKey().publicKey().encoded())).endsWith("04" + PUBLIC_X + PUBLIC_Y);
    }

    @Test
    void the_hash_of_user_id_curve_and_key_is_that_of_the_standard() throws Exception {
        byte[] userId = SignatureScheme.DEFAULT_USER_ID.getBytes(StandardCharsets.US_ASCII);
        assertThat(HEX.withUpperCase().formatHex(standardKey().publicKey().z(userId)))
                .isEqualTo("B2E14C5C79C6DF5B85F4FE7ED8DB7A262B9DA7E07CCB0EA9F4747B8CCDA8A4F3");
    }

    @Test
    void the_signature_of_the_standard_is_made_with_its_random_number() throws Exception {
        byte[] signature = standardKey().sign(MESSAGE, SignatureScheme.RAW, new FixedSecureRandom(HEX.parseHex(K)));
        assertThat(HEX.formatHex(signature)).isEqualTo(R + S);
    }

    @Test
    void the_signature_of_the_standard_verifies_in_both_forms() throws Exception {
        Sm2PublicKey key = standardKey().publicKey();
        assertThat(key.verifies(MESSAGE, HEX.parseHex(R + S), SignatureScheme.RAW))
                .isTrue();
        assertThat(key.verifies(MESSAGE, HEX.parseHex("3046022100" + R + "022100" + S)))
                .isTrue();
    }

    /** Signature by an independent SM2, envelope of the national medical insurance. */
    @Test
    void a_signature_of_another_implementation_verifies() {
        byte[] point = java.util.Base64.getDecoder()
                .decode("BIUmEfdErwRWidz79MBDdzDS0t4zKrfw/AJ2nF+riolDfZOE8Zq4gu1miiiTbbkkdap5rvhpDuNvb7d8abm1cfg=");
        String algorithm = "3059301306072a8648ce3d020106082a811ccf5501822d034200";
        Sm2PublicKey key = Sm2PublicKey.of(HEX.parseHex(algorithm + HEX.formatHex(point)));
        String text = "appId=TESTAPPID0000000000000000000001A&data={\"amt\":\"12.5\",\"idNo\":\"310101199003071233\","
                + "\"items\":[{\"a\":\"1\",\"b\":\"2\"}],\"psnName\":\"测试人\"}&encType=SM4&signType=SM2"
                + "&timestamp=20260101120000&transType=test.trans&version=1.0.0&key=TESTSECRET00000000000000000002BC";
        byte[] signature = java.util.Base64.getDecoder()
                .decode("6DN/yFaicVXI01HbNwVBjwvLKdsQ18s4AK94FLwcYxfSANU3zo0UIzck4mJaHZ+BjifdgfNXjl4gy/8wJ8lssQ==");
        assertThat(key.verifies(text.getBytes(StandardCharsets.UTF_8), signature, SignatureScheme.RAW))
                .isTrue();
    }

    @Test
    void the_same_data_gives_the_same_signature_and_any_difference_another() {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        SignatureScheme other = new SignatureScheme("ALICE123@YAHOO.COM", SignatureForm.RAW);
        byte[] signature = key.sign(MESSAGE, SignatureScheme.RAW);
        assertThat(key.sign(MESSAGE, SignatureScheme.RAW)).isEqualTo(signature);
        assertThat(firstHalf(key.sign(MESSAGE, other))).isNotEqualTo(firstHalf(signature));
        assertThat(firstHalf(key.sign(new byte[0], SignatureScheme.RAW))).isNotEqualTo(firstHalf(signature));
        assertThat(firstHalf(Sm2PrivateKey.generate().sign(MESSAGE, SignatureScheme.RAW)))
                .isNotEqualTo(firstHalf(signature));
    }

    private static String firstHalf(byte[] signature) {
        return HEX.formatHex(signature, 0, signature.length / 2);
    }

    @Test
    void what_is_not_this_keys_signature_over_this_data_does_not_verify() {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        byte[] signature = key.sign(MESSAGE);
        Sm2PublicKey author = key.publicKey();
        assertThat(author.verifies(MESSAGE, signature)).isTrue();
        assertThat(Sm2PrivateKey.generate().publicKey().verifies(MESSAGE, signature))
                .isFalse();
        assertThat(author.verifies(new byte[] {1}, signature)).isFalse();
        assertThat(author.verifies(MESSAGE, signature, new SignatureScheme("another", SignatureForm.DER)))
                .isFalse();
        assertThat(author.verifies(MESSAGE, key.sign(MESSAGE, SignatureScheme.RAW)))
                .isFalse();
        for (int at = 0; at < signature.length; at++) {
            byte[] changed = signature.clone();
            changed[at] ^= 1;
            assertThat(author.verifies(MESSAGE, changed)).as("byte " + at).isFalse();
        }
        for (byte[] nonsense : new byte[][] {{}, new byte[64], new byte[1000], {0x30, (byte) 0x84, 127, -1, -1, -1}}) {
            assertThat(author.verifies(MESSAGE, nonsense)).isFalse();
            assertThat(author.verifies(MESSAGE, nonsense, SignatureScheme.RAW)).isFalse();
        }
    }

    @Test
    void one_key_serves_many_threads() {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .mapToObj(i -> ("message " + i).getBytes(StandardCharsets.UTF_8))
                        .allMatch(data -> key.publicKey().verifies(data, key.sign(data))))
                .isTrue();
    }

    @Test
    void a_key_of_another_curve_or_no_key_at_all_is_refused() throws Exception {
        var generator = java.security.KeyPairGenerator.getInstance("EC");
        generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        assertRefused(
                CryptoError.KEY_NOT_SM2, () -> Sm2PublicKey.of(pair.getPublic().getEncoded()));
        assertRefused(
                CryptoError.KEY_NOT_SM2,
                () -> Sm2PrivateKey.of(pair.getPrivate().getEncoded()));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> Sm2PublicKey.of(new byte[] {1, 2, 3}));
        byte[] offTheCurve = Sm2PrivateKey.generate().publicKey().encoded();
        offTheCurve[offTheCurve.length - 1] ^= 1;
        assertRefused(CryptoError.KEY_UNREADABLE, () -> Sm2PublicKey.of(offTheCurve));
    }

    /** For the tests of all packages of cryptography. */
    public static void assertRefused(CryptoError code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}

package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.security.KeyPairGenerator;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RsaTest {
    private static final byte[] DATA = {1, 2, 3};
    private static RsaPrivateKey key;
    private static RsaPrivateKey other;

    @BeforeAll
    static void makeKeys() throws Exception {
        key = of(2048);
        other = of(2048);
    }

    private static RsaPrivateKey of(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return RsaPrivateKey.of(generator.generateKeyPair().getPrivate().getEncoded());
    }

    @ParameterizedTest
    @EnumSource(RsaSignatureScheme.class)
    void a_signature_is_this_keys_over_this_data_only(RsaSignatureScheme scheme) {
        byte[] signature = key.signer(scheme).sign(DATA);
        Verifier verifier = RsaPublicKey.of(key.publicKey().encoded()).verifier(scheme);
        assertThat(verifier.verifies(DATA, signature)).isTrue();
        assertThat(verifier.verifies(new byte[0], signature)).isFalse();
        assertThat(other.publicKey().verifier(scheme).verifies(DATA, signature)).isFalse();
        for (byte[] nonsense : new byte[][] {{}, new byte[256], new byte[255], Arrays.copyOf(signature, 257)}) {
            assertThat(verifier.verifies(DATA, nonsense)).isFalse();
        }
        for (RsaSignatureScheme another : RsaSignatureScheme.values()) {
            assertThat(key.publicKey().verifier(another).verifies(DATA, signature))
                    .isEqualTo(another == scheme);
        }
    }

    @Test
    void what_was_encrypted_opens_with_its_key_only() {
        byte[] most = new byte[190];
        byte[] ciphertext = key.publicKey().encrypt(most);
        assertThat(key.decrypt(ciphertext)).isEqualTo(most);
        assertThat(key.decrypt(key.publicKey().encrypt(new byte[0]))).isEmpty();
        assertRefused(CryptoError.NOT_ENCRYPTABLE, () -> key.publicKey().encrypt(new byte[191]));
        assertRefused(CryptoError.SEAL_BROKEN, () -> other.decrypt(ciphertext));
        for (byte[] nonsense : new byte[][] {{}, new byte[256], new byte[255], Arrays.copyOf(ciphertext, 257)}) {
            assertRefused(CryptoError.SEAL_BROKEN, () -> key.decrypt(nonsense));
        }
    }

    @Test
    void keys_come_back_from_their_files() {
        String pem = PemKeys.write(key);
        assertThat(PemKeys.readRsaPrivate(pem, new char[0]).publicKey().fingerprint())
                .isEqualTo(key.publicKey().fingerprint());
        assertThat(PemKeys.readRsaPublic(PemKeys.write(key.publicKey())).fingerprint())
                .isEqualTo(key.publicKey().fingerprint());
    }

    @Test
    void a_short_key_or_another_kind_of_key_is_refused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] small = generator.generateKeyPair().getPublic().getEncoded();
        assertRefused(CryptoError.KEY_UNREADABLE, () -> RsaPublicKey.of(small));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> of(1024));
        Sm2PrivateKey sm2 = Sm2PrivateKey.generate();
        assertRefused(
                CryptoError.KEY_UNREADABLE,
                () -> RsaPublicKey.of(sm2.publicKey().encoded()));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> RsaPrivateKey.of(sm2.encoded()));
        assertRefused(
                CryptoError.KEY_NOT_SM2, () -> Sm2PublicKey.of(key.publicKey().encoded()));
    }
}

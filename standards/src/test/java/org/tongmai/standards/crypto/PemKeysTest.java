package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PemKeysTest {
    private static final char[] NONE = {};
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final byte[] DATA = {1, 2, 3};

    @Test
    void keys_come_back_from_their_files() {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        assertThat(PemKeys.readPublic(PemKeys.write(key.publicKey()))).isEqualTo(key.publicKey());
        assertThat(PemKeys.readPrivate(PemKeys.write(key), NONE).sign(DATA)).isEqualTo(key.sign(DATA));
        assertThat(PemKeys.readPrivate(PemKeys.write(key, PASSWORD), PASSWORD).sign(DATA))
                .isEqualTo(key.sign(DATA));
    }

    @Test
    void an_encrypted_key_opens_with_its_password_only() {
        String pem = PemKeys.write(Sm2PrivateKey.generate(), PASSWORD);
        assertThat(pem).startsWith("-----BEGIN " + "ENCRYPTED");
        assertRefused(CryptoError.PASSWORD_MISSING, () -> PemKeys.readPrivate(pem, NONE));
        assertRefused(CryptoError.PASSWORD_WRONG, () -> PemKeys.readPrivate(pem, "wrong".toCharArray()));
        assertRefused(CryptoError.PASSWORD_WRONG, () -> PemKeys.write(Sm2PrivateKey.generate(), "口令".toCharArray()));
    }

    @Test
    void keys_that_openssl_wrote_are_read() throws IOException {
        Sm2PublicKey key = PemKeys.readPublic(openssl("public", "PUBLIC KEY"));
        Sm2PrivateKey plain = PemKeys.readPrivate(openssl("private", "PRIVATE KEY"), NONE);
        Sm2PrivateKey encrypted = PemKeys.readPrivate(openssl("encrypted", "ENCRYPTED PRIVATE KEY"), PASSWORD);
        assertThat(plain.publicKey()).isEqualTo(key);
        assertThat(encrypted.publicKey()).isEqualTo(key);
    }

    @Test
    void what_is_no_key_file_is_refused_by_name() {
        String publicKey = PemKeys.write(Sm2PrivateKey.generate().publicKey());
        assertRefused(CryptoError.KEY_UNREADABLE, () -> PemKeys.readPublic(""));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> PemKeys.readPrivate(publicKey, NONE));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> PemKeys.readPublic(publicKey.replace("M", "*")));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> PemKeys.readPublic(publicKey.substring(0, 60)));
    }

    private static String openssl(String key, String type) throws IOException {
        Properties keys = new Properties();
        try (InputStream file = PemKeysTest.class.getResourceAsStream("openssl-keys.properties")) {
            keys.load(file);
        }
        return "-----BEGIN " + type + "-----\n" + keys.getProperty(key) + "\n-----END " + type + "-----\n";
    }
}

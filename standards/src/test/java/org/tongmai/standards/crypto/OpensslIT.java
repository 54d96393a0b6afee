package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.vault.KeyFiles;
import org.tongmai.standards.crypto.vault.LocalKeyVault;

/** OpenSSL signs, encrypts, hashes and writes keys for us, and we for it. */
class OpensslIT {
    private static final char[] NONE = {};
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final byte[] CONTENT = "测试 content".getBytes(StandardCharsets.UTF_8);
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    private Path folder;

    private Sm2PrivateKey key;

    @BeforeEach
    void prepare() throws IOException {
        OutsideProcess.assumeInstalled("openssl", "OpenSSL 3 is needed (Debian: apt-get install openssl)");
        Assumptions.assumeTrue(
                openssl("ecparam -name SM2 -genkey -noout -out key.pem").exitCode() == 0, "this OpenSSL has no SM2");
        openssl("ec -in key.pem -pubout -out public.pem").orFail();
        key = PemKeys.readPrivate(text("key.pem"), NONE);
        write("content", CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567812345678", "ALICE123@YAHOO.COM"})
    void signatures_verify_both_ways(String userId) throws IOException {
        SignatureScheme scheme = new SignatureScheme(userId, SignatureForm.DER);
        String options = " -rawin -digest sm3 -pkeyopt distid:" + userId + " -in content";
        openssl("pkeyutl -sign -inkey key.pem -out theirs" + options).orFail();
        Sm2PublicKey open = PemKeys.readPublic(text("public.pem"));
        assertThat(open.verifies(CONTENT, read("theirs"), scheme)).isTrue();
        write("ours", key.sign(CONTENT, scheme));
        String verify = "pkeyutl -verify -pubin -inkey public.pem" + options + " -sigfile ";
        assertThat(openssl(verify + "ours").orFail()).contains("Verified Successfully");
        write("ours", key.sign(new byte[] {1}, scheme));
        assertThat(openssl(verify + "ours").exitCode()).isNotZero();
    }

    @Test
    void ciphertexts_open_both_ways() throws IOException {
        openssl("pkeyutl -encrypt -pubin -inkey public.pem -in content -out theirs")
                .orFail();
        assertThat(key.decrypt(read("theirs"), CiphertextForm.DER)).isEqualTo(CONTENT);
        write("ours", key.publicKey().encrypt(CONTENT, CiphertextForm.DER));
        openssl("pkeyutl -decrypt -inkey key.pem -in ours -out opened").orFail();
        assertThat(read("opened")).isEqualTo(CONTENT);
    }

    @Test
    void hashes_codes_and_blocks_are_the_same() throws IOException {
        String keyHex = "0123456789abcdeffedcba9876543210";
        byte[] secret = HEX.parseHex(keyHex);
        assertThat(openssl("dgst -sm3 -r content").orFail()).startsWith(Sm3.hex(CONTENT));
        assertThat(openssl("mac -digest SM3 -macopt hexkey:" + keyHex + " -in content HMAC")
                        .orFail()
                        .strip())
                .isEqualToIgnoringCase(HEX.formatHex(HmacSm3Key.of(secret).sign(CONTENT)));
        openssl("enc -sm4-ecb -K " + keyHex + " -in content -out ecb").orFail();
        assertThat(UnauthenticatedSm4.encryptEcb(secret, CONTENT)).isEqualTo(read("ecb"));
        openssl("enc -sm4-cbc -K " + keyHex + " -iv " + keyHex + " -in content -out cbc")
                .orFail();
        assertThat(UnauthenticatedSm4.encryptCbc(secret, secret, CONTENT)).isEqualTo(read("cbc"));
    }

    @Test
    void its_keys_are_read_in_every_form() throws IOException {
        openssl("ec -in key.pem -out sec1.pem").orFail();
        openssl("ec -in key.pem -out sec1.der -outform DER").orFail();
        openssl("pkcs8 -topk8 -in key.pem -passout pass:correct\u00a0horse -out aes.pem")
                .orFail();
        openssl("pkcs8 -topk8 -v2 sm4-cbc -in key.pem -passout pass:correct\u00a0horse -out sm4.pem")
                .orFail();
        openssl("ec -in key.pem -aes256 -passout pass:abcd -out old.pem").orFail();
        openssl("req -new -x509 -key key.pem -sm3 -subj /CN=test -out certificate.pem")
                .orFail();
        Sm2PublicKey expected = PemKeys.readPublic(text("public.pem"));
        assertThat(PemKeys.readPrivate(text("sec1.pem"), NONE).publicKey()).isEqualTo(expected);
        assertThat(Sm2KeyText.readPrivate(HEX.formatHex(read("sec1.der")), NONE).publicKey())
                .isEqualTo(expected);
        assertThat(PemKeys.readPrivate(text("aes.pem"), PASSWORD).publicKey()).isEqualTo(expected);
        assertThat(PemKeys.readPrivate(text("sm4.pem"), PASSWORD).publicKey()).isEqualTo(expected);
        assertThat(PemKeys.readPublic(text("certificate.pem"))).isEqualTo(expected);
        assertRefused(CryptoError.PASSWORD_WRONG, () -> PemKeys.readPrivate(text("sm4.pem"), "wrong".toCharArray()));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> PemKeys.readPrivate(text("old.pem"), PASSWORD));
    }

    @Test
    void it_reads_our_keys() throws IOException {
        write("encrypted.pem", PemKeys.write(key, PASSWORD).getBytes(StandardCharsets.US_ASCII));
        assertThat(openssl("pkey -in encrypted.pem -passin pass:correct\u00a0horse -pubout")
                        .orFail())
                .isEqualTo(text("public.pem"));
        write("point.pem", PemKeys.write(key.publicKey()).getBytes(StandardCharsets.US_ASCII));
        assertThat(openssl("pkey -pubin -in point.pem").orFail()).isEqualTo(text("public.pem"));
    }

    @Test
    void its_key_store_is_a_vault() throws IOException {
        openssl("req -new -x509 -key key.pem -sm3 -subj /CN=test -out certificate.pem")
                .orFail();
        openssl("pkcs12 -export -inkey key.pem -in certificate.pem -name gateway"
                        + " -passout pass:correct\u00a0horse -out store.p12")
                .orFail();
        LocalKeyVault vault = KeyFiles.pkcs12(folder.resolve("store.p12"), PASSWORD);
        assertThat(vault.keyIds()).containsExactly("gateway");
        assertThat(key.publicKey().verifies(CONTENT, vault.signer("gateway").sign(CONTENT), SignatureScheme.RAW))
                .isTrue();
        assertRefused(
                CryptoError.PASSWORD_WRONG, () -> KeyFiles.pkcs12(folder.resolve("store.p12"), "wrong".toCharArray()));
    }

    @Test
    void a_folder_takes_its_key_stores_by_the_password_beside_them_or_by_its_own() throws IOException {
        openssl("req -new -x509 -key key.pem -sm3 -subj /CN=test -out certificate.pem")
                .orFail();
        Path keys = Files.createDirectory(folder.resolve("keys"));
        store(keys, "one", "its-own");
        store(keys, "two", "of-the-folder");
        Files.writeString(keys.resolve("one.password"), "its-own\n");
        LocalKeyVault vault = KeyFiles.folder(keys, "of-the-folder".toCharArray());
        assertThat(vault.keyIds()).containsExactlyInAnyOrder("one", "two");
        assertThat(vault.unwrap("one", key.publicKey().encrypt(CONTENT, CiphertextForm.C1C3C2)))
                .isEqualTo(CONTENT);
        assertRefused(CryptoError.PASSWORD_WRONG, () -> KeyFiles.folder(keys, "another".toCharArray()));
        Files.writeString(keys.resolve("two.pem"), text("key.pem"));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> KeyFiles.folder(keys, "of-the-folder".toCharArray()));
    }

    private void store(Path keys, String name, String password) {
        openssl("pkcs12 -export -inkey key.pem -in certificate.pem -name " + name + " -passout pass:" + password
                        + " -out " + keys.resolve(name + ".p12"))
                .orFail();
    }

    /** A no-break space stands for a space within an argument. */
    private OutsideProcess.Answer openssl(String arguments) {
        String[] command = ("openssl " + arguments).split(" ");
        for (int i = 0; i < command.length; i++) {
            command[i] = command[i].replace('\u00a0', ' ');
        }
        return OutsideProcess.run(folder, command);
    }

    private void write(String file, byte[] content) throws IOException {
        Files.write(folder.resolve(file), content);
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}

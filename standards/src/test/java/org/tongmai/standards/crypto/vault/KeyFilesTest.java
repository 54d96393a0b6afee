package org.tongmai.standards.crypto.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.RsaSignatureScheme;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;

class KeyFilesTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final byte[] DATA = {1, 2, 3};

    @TempDir
    private Path folder;

    @Test
    void a_folder_is_a_vault_of_its_files() throws IOException {
        Sm2PrivateKey sm2 = Sm2PrivateKey.generate();
        RsaPrivateKey rsa = RsaPrivateKey.generate();
        Files.writeString(folder.resolve("gateway-2026.pem"), PemKeys.write(sm2, PASSWORD));
        Files.writeString(folder.resolve("partner.pem"), PemKeys.write(rsa));
        Files.writeString(folder.resolve("kek-1.sm4"), "0123456789abcdeffedcba9876543210\n");
        Files.writeString(folder.resolve("README.md"), "not a key");
        LocalKeyVault vault = KeyFiles.folder(folder, PASSWORD);
        assertThat(vault.keyIds()).containsExactlyInAnyOrder("gateway-2026", "partner", "kek-1");
        assertThat(sm2.publicKey().verifies(DATA, vault.signer("gateway-2026").sign(DATA), SignatureScheme.RAW))
                .isTrue();
        assertThat(rsa.publicKey()
                        .verifier(RsaSignatureScheme.PKCS1)
                        .verifies(DATA, vault.signer("partner").sign(DATA)))
                .isTrue();
        for (String id : vault.keyIds()) {
            assertThat(vault.unwrap(id, vault.wrap(id, DATA))).isEqualTo(DATA);
        }
    }

    @Test
    void a_file_that_is_no_key_is_refused_by_its_name() throws IOException {
        refuses("a.sm4", "0123", CryptoError.KEY_UNREADABLE);
        refuses("a.sm4", "0123456789abcdeffedcba987654321g", CryptoError.KEY_UNREADABLE);
        refuses("a.pem", "nothing", CryptoError.KEY_UNREADABLE);
        refuses("a.pem", PemKeys.write(Sm2PrivateKey.generate().publicKey()), CryptoError.KEY_UNREADABLE);
        refuses("a.pem", PemKeys.write(Sm2PrivateKey.generate(), PASSWORD), CryptoError.PASSWORD_MISSING);
    }

    private void refuses(String name, String content, CryptoError code) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        assertRefused(code, () -> {
            try {
                KeyFiles.folder(folder, new char[0]);
            } catch (org.tongmai.standards.error.CodedException e) {
                assertThat(e.issues().get(0).location()).isEqualTo(name);
                throw e;
            }
        });
        Files.delete(file);
    }

    @Test
    void two_files_of_one_id_are_refused() throws IOException {
        Files.writeString(folder.resolve("kek-1.sm4"), "0123456789abcdeffedcba9876543210");
        Files.writeString(folder.resolve("kek-1.pem"), PemKeys.write(Sm2PrivateKey.generate()));
        assertRefused(CryptoError.KEY_UNREADABLE, () -> KeyFiles.folder(folder, new char[0]));
    }

    @Test
    void what_is_no_key_store_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("store.p12"), new byte[100]);
        assertRefused(CryptoError.KEY_UNREADABLE, () -> KeyFiles.pkcs12(file, PASSWORD));
    }
}

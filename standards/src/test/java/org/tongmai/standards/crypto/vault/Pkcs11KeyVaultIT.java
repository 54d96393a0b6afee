package org.tongmai.standards.crypto.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.crypto.ContentCipher;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.OutsideProcess;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPublicKey;
import org.tongmai.standards.crypto.RsaSignatureScheme;

/** A module of software (SoftHSM) that keeps its keys as one of hardware does. */
class Pkcs11KeyVaultIT {
    private static final String PIN = "98765432";
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final Path FOLDER = Path.of("target/softhsm").toAbsolutePath();
    private static Pkcs11KeyVault vault;
    private static Path library;
    private static String certificate;

    /** The library reads its environment: the build sets SOFTHSM2_CONF for this process. */
    @BeforeAll
    static void prepareToken() throws IOException {
        OutsideProcess.assumeInstalled("softhsm2-util", "Debian: apt-get install softhsm2");
        String configuration = System.getenv("SOFTHSM2_CONF");
        Assumptions.assumeTrue(configuration != null, "SOFTHSM2_CONF is not set: run this test by Maven");
        library = List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so").stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("libsofthsm2.so is not where Debian or Red Hat put it"));
        Path tokens = Files.createTempDirectory(Files.createDirectories(FOLDER), "tokens");
        Files.writeString(Path.of(configuration), "directories.tokendir = " + tokens + "\n");
        run("softhsm2-util", "--init-token", "--free", "--label", "tongmai", "--pin", PIN, "--so-pin", PIN);
        Files.writeString(FOLDER.resolve("pkcs11.cfg"), "name=test\nlibrary=" + library + "\nslotListIndex=0\n");
        keytool("-genseckey -alias kek-1 -keyalg AES -keysize 256");
        keytool("-genseckey -alias kek-2 -keyalg AES -keysize 256");
        keytool("-genkeypair -alias signing -keyalg RSA -keysize 2048 -dname CN=test");
        certificate = keytool("-exportcert -rfc -alias signing");
        vault = Pkcs11KeyVault.open(FOLDER.resolve("pkcs11.cfg"), PIN.toCharArray());
    }

    private static Path configured(Path of, int slot) throws IOException {
        Path file = Files.createTempFile(FOLDER, "another", ".cfg");
        return Files.writeString(file, "name=another\nlibrary=" + of + "\nslotListIndex=" + slot + "\n");
    }

    private static String keytool(String arguments) {
        String all =
                "keytool -keystore NONE -storetype PKCS11 -addprovider SunPKCS11 -providerarg pkcs11.cfg -storepass "
                        + PIN + " " + arguments;
        return run(all.split(" "));
    }

    private static String run(String... command) {
        return OutsideProcess.run(FOLDER, Map.of("SOFTHSM2_CONF", System.getenv("SOFTHSM2_CONF")), command)
                .orFail();
    }

    @Test
    void data_keys_are_wrapped_by_keys_that_stay_in_the_module() {
        byte[] dataKey = new byte[16];
        byte[] wrapped = vault.wrap("kek-1", dataKey);
        assertThat(vault.unwrap("kek-1", wrapped)).isEqualTo(dataKey);
        assertThat(vault.wrap("kek-1", dataKey)).isNotEqualTo(wrapped);
        assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("kek-2", wrapped));
        for (int at = 0; at < wrapped.length; at++) {
            byte[] changed = wrapped.clone();
            changed[at] ^= 1;
            assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("kek-1", changed));
        }
        assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("kek-1", new byte[3]));
    }

    @Test
    void content_is_sealed_under_the_module_and_wrapped_anew() {
        KeyRotation first = new KeyRotation("kek-1", Set.of(), Set.of());
        byte[] envelope = new EnvelopeEncryption(vault, first, ContentCipher.SM4_GCM).seal(CONTENT, new byte[0]);
        EnvelopeEncryption rotated = new EnvelopeEncryption(vault, first.to("kek-2"), ContentCipher.SM4_GCM);
        byte[] anew = rotated.rewrap(envelope);
        assertThat(rotated.keyId(anew)).isEqualTo("kek-2");
        assertThat(rotated.open(anew, new byte[0])).isEqualTo(CONTENT);
    }

    @Test
    void a_key_pair_of_the_module_signs() {
        byte[] signature = vault.signer("signing").sign(CONTENT);
        assertThat(PemKeys.readRsaPublic(certificate)
                        .verifier(RsaSignatureScheme.PKCS1)
                        .verifies(CONTENT, signature))
                .isTrue();
    }

    @Test
    void a_key_pair_of_the_module_opens_what_was_encrypted_for_it() {
        RsaPublicKey open = PemKeys.readRsaPublic(certificate);
        for (int length : new int[] {1, 16, 32, 190}) {
            byte[] dataKey = new byte[length];
            Arrays.fill(dataKey, (byte) length);
            assertThat(vault.unwrap("signing", open.encrypt(dataKey))).isEqualTo(dataKey);
        }
        byte[] wrapped = open.encrypt(CONTENT);
        for (int at = 0; at < wrapped.length; at += 15) {
            byte[] changed = wrapped.clone();
            changed[at] ^= 1;
            assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("signing", changed));
        }
        byte[] beyond = new byte[wrapped.length];
        Arrays.fill(beyond, (byte) 0xff);
        assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("signing", beyond));
        assertRefused(CryptoError.SEAL_BROKEN, () -> vault.unwrap("signing", new byte[3]));
    }

    @Test
    void what_the_module_does_not_have_or_can_not_do_is_refused() throws IOException {
        assertRefused(CryptoError.KEY_UNKNOWN, () -> vault.wrap("kek-9", new byte[16]));
        assertRefused(CryptoError.NOT_OFFERED, () -> vault.wrap("signing", new byte[16]));
        assertRefused(CryptoError.NOT_OFFERED, () -> vault.signer("kek-1"));
        Path slot = configured(library, 7);
        assertRefused(CryptoError.VAULT_FAILED, () -> Pkcs11KeyVault.open(slot, PIN.toCharArray()));
        Path nowhere = configured(Path.of("/no/such.so"), 0);
        assertRefused(CryptoError.VAULT_FAILED, () -> Pkcs11KeyVault.open(nowhere, new char[0]));
    }
}

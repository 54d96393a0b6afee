package org.tongmai.routes.engine.bundle.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tongmai.routes.engine.bundle.archive.SampleBundle.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.CodedException;

class TrustedAuthorsTest {
    private static final Sm2PrivateKey KEY = Sm2PrivateKey.generate();
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123Z");

    @TempDir
    Path folder;

    private final BundleArchive archive = SampleBundle.archive();
    private final Signature signature = Signature.sign(archive, "Zhang San", KEY, NOON);

    @BeforeEach
    void trust() throws IOException {
        trust("zhang-san", KEY);
    }

    private void trust(String name, Sm2PrivateKey key) throws IOException {
        Files.writeString(folder.resolve(name + ".pem"), PemKeys.write(key.publicKey()));
    }

    @Test
    void the_author_is_named_after_the_file_of_the_key() {
        byte[] zip = BundleZip.write(archive, Optional.of(signature));
        SignedArchive read = BundleZip.read(zip);
        assertThat(TrustedAuthors.load(folder).verify(read)).isEqualTo("zhang-san");
        assertThat(read.signature()).contains(signature);
        assertThat(read.archive().digest()).isEqualTo(archive.digest());
    }

    @Test
    void a_bundle_signed_again_is_the_same_bytes() {
        Signature again = Signature.sign(archive, "Zhang San", KEY, NOON.plusMillis(1));
        assertThat(BundleZip.write(archive, Optional.of(again)))
                .isEqualTo(BundleZip.write(archive, Optional.of(signature)));
    }

    @Test
    void no_signature_is_refused() {
        assertRefused(BundleError.SIGNATURE_MISSING, new SignedArchive(archive, Optional.empty()));
    }

    @Test
    void an_author_who_is_not_trusted_is_refused() {
        Signature other = Signature.sign(archive, "Zhang San", Sm2PrivateKey.generate(), NOON);
        assertRefused(BundleError.AUTHOR_UNKNOWN, signed(other));
    }

    @Test
    void a_signature_with_any_value_changed_is_wrong() {
        Signature s = signature;
        String value = s.signature();
        assertWrong(new Signature("Li Si", s.key(), s.id(), s.version(), s.digest(), s.time(), value));
        assertWrong(new Signature(s.author(), s.key(), "other", s.version(), s.digest(), s.time(), value));
        assertWrong(new Signature(s.author(), s.key(), s.id(), "1.2.4", s.digest(), s.time(), value));
        assertWrong(new Signature(s.author(), s.key(), s.id(), s.version(), "00", s.time(), value));
        assertWrong(new Signature(s.author(), s.key(), s.id(), s.version(), s.digest(), Instant.EPOCH, value));
        assertWrong(new Signature(s.author(), s.key(), s.id(), s.version(), s.digest(), s.time(), "AAAA"));
    }

    private void assertWrong(Signature changed) {
        assertRefused(BundleError.SIGNATURE_WRONG, signed(changed));
    }

    @Test
    void a_signature_of_another_bundle_version_or_content_has_a_code_of_its_own() {
        Map<String, byte[]> files = SampleBundle.files();
        assertRefused(
                BundleError.SIGNATURE_OF_ANOTHER_BUNDLE,
                new SignedArchive(BundleArchive.of("other", files), Optional.of(signature)));
        files.put("README.md", bytes("# changed"));
        assertRefused(
                BundleError.CONTENT_CHANGED,
                new SignedArchive(BundleArchive.of("sample", files), Optional.of(signature)));
        files.put("route-bundle.json", bytes("{\"id\":\"sample\",\"version\":\"1.2.4\"}"));
        assertRefused(
                BundleError.SIGNATURE_OF_ANOTHER_VERSION,
                new SignedArchive(BundleArchive.of("sample", files), Optional.of(signature)));
    }

    @Test
    void who_is_trusted_may_change_while_the_platform_runs() throws IOException {
        TrustedAuthors authors = TrustedAuthors.load(folder);
        Sm2PrivateKey other = Sm2PrivateKey.generate();
        SignedArchive signed = signed(Signature.sign(archive, "Li Si", other, NOON));
        assertThat(authors.names()).containsExactly("zhang-san");
        trust("li-si", other);
        assertThat(authors.verify(signed)).isEqualTo("li-si");
        Files.delete(folder.resolve("li-si.pem"));
        assertThatThrownBy(() -> authors.verify(signed)).hasMessageContaining("TM-BUNDLE-0025");
    }

    @Test
    void a_key_that_can_not_be_read_is_named_and_nobody_is_trusted_meanwhile() throws IOException {
        TrustedAuthors authors = TrustedAuthors.load(folder);
        Files.writeString(folder.resolve("half.pem"), "-----BEGIN PUBLIC");
        assertThatThrownBy(() -> authors.verify(signed(signature)))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-BUNDLE-0030")
                .hasMessageContaining("half.pem");
        Files.delete(folder.resolve("half.pem"));
        assertThat(authors.verify(signed(signature))).isEqualTo("zhang-san");
    }

    @Test
    void a_folder_that_is_not_there_has_no_author() {
        TrustedAuthors nobody = TrustedAuthors.load(folder.resolve("missing"));
        assertThat(nobody.names()).isEmpty();
        assertThatThrownBy(() -> nobody.verify(signed(signature))).hasMessageContaining("TM-BUNDLE-0025");
    }

    private SignedArchive signed(Signature by) {
        return new SignedArchive(archive, Optional.of(by));
    }

    private void assertRefused(BundleError code, SignedArchive signed) {
        TrustedAuthors authors = TrustedAuthors.load(folder);
        assertThatThrownBy(() -> authors.verify(signed))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}

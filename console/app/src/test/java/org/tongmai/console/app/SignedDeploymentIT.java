package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;
import org.tongmai.console.app.command.TongmaiCommand;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;

/** A production platform from an author's key to a message taken: what is not signed by a trusted author never runs. */
class SignedDeploymentIT {
    private static final String ADT = "hospital-adt-to-district";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = keys();

    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform(
            "--tongmai.bundles.mode=production",
            "--tongmai.bundles.directory=" + FOLDER.resolve("none"),
            "--tongmai.bundles.trusted-authors=" + FOLDER.resolve("trusted"));

    /** Two authors, one of whom is trusted. */
    private static Path keys() {
        try {
            Path folder = Files.createTempDirectory("tongmai-authors");
            Files.createDirectories(folder.resolve("none"));
            Path trusted = Files.createDirectories(folder.resolve("trusted"));
            for (String author : new String[] {"zhang-san", "stranger"}) {
                assertThat(TongmaiCommand.execute("bundle", "keygen", author, "--directory=" + folder))
                        .isZero();
            }
            Files.copy(folder.resolve("zhang-san.pem"), trusted.resolve("zhang-san.pem"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void delete() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
    }

    @Test
    void only_what_a_trusted_author_has_signed_is_deployed_and_a_version_stays_what_it_was() throws IOException {
        Path signed = sign(version("1.0.0", ""), "zhang-san", "zhang-san");
        assertThat(deploy(signed)).isZero();
        assertThat(send("SIGNED-1")).isEqualTo("AA");

        SignedArchive first = BundleZip.read(signed);
        refused("TM-BUNDLE-0023", 422, BundleZip.write(version("1.1.0", ""), Optional.empty()));
        refused("TM-BUNDLE-0025", 422, Files.readAllBytes(sign(version("1.1.0", ""), "stranger", "stranger")));
        refused("TM-BUNDLE-0025", 422, Files.readAllBytes(sign(version("1.1.0", ""), "stranger", "zhang-san")));
        refused("TM-BUNDLE-0028", 422, BundleZip.write(version("1.1.0", ""), first.signature()));
        refused("TM-BUNDLE-0029", 422, BundleZip.write(version("1.0.0", "changed"), first.signature()));
        refused("TM-DEPLOY-0003", 409, Files.readAllBytes(sign(version("1.0.0", "changed"), "zhang-san", "zhang-san")));

        var bundle = PLATFORM.client().json("/api/bundles/" + ADT);
        assertThat(bundle.at("/stable/digest").asText())
                .isEqualTo(first.archive().digest());
        assertThat(bundle.get("generation").asLong()).isEqualTo(1);
        var releases = PLATFORM.client().json("/api/bundles/" + ADT + "/releases");
        assertThat(releases).hasSize(1);
        assertThat(releases.get(0).get("author").asText()).isEqualTo("zhang-san");
        assertThat(send("SIGNED-2")).isEqualTo("AA");
    }

    @Test
    void who_sends_more_than_any_bundle_is_reads_why_it_is_refused() {
        refused("TM-CONSOLE-0030", 413, new byte[32 << 20]);
    }

    private static void refused(String code, int status, byte[] zip) {
        HttpResponse<byte[]> answer = PLATFORM.client()
                .send("administrator", "/api/bundles", request -> request.header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip)));
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(code);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private static String send(String controlId) throws IOException {
        byte[] admit = version("1.0.0", "").file("test/admit.hl7").orElseThrow();
        String message = new String(admit, StandardCharsets.UTF_8).replace("ADT-0001", controlId);
        try (MllpSocket socket = new MllpSocket(PLATFORM.ports().mllpAdt())) {
            return MllpSocket.code(socket.exchange(message.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** The sample bundle under another version, and with another README where one is said. */
    private static BundleArchive version(String version, String readme) throws IOException {
        BundleArchive shipped = BundleArchive.ofFolder(SourceTree.root().resolve("routes/bundles/" + ADT));
        SortedMap<String, byte[]> files = new TreeMap<>(shipped.files());
        ObjectNode manifest = (ObjectNode) JSON.readTree(files.get(BundleArchive.MANIFEST));
        files.put(BundleArchive.MANIFEST, JSON.writeValueAsBytes(manifest.put("version", version)));
        if (!readme.isEmpty()) {
            files.put("README.md", readme.getBytes(StandardCharsets.UTF_8));
        }
        return BundleArchive.of(ADT, files);
    }

    /** {@code tongmai bundle sign}. */
    private static Path sign(BundleArchive archive, String key, String author) throws IOException {
        Path unsigned = Files.write(FOLDER.resolve("unsigned.zip"), BundleZip.write(archive, Optional.empty()));
        assertThat(TongmaiCommand.execute(
                        "bundle",
                        "sign",
                        unsigned.toString(),
                        "--key=" + FOLDER.resolve(key + ".key"),
                        "--author=" + author,
                        "--directory=" + FOLDER))
                .isZero();
        return FOLDER.resolve(BundleZip.fileName(archive));
    }

    /** {@code tongmai bundle deploy}. */
    private static int deploy(Path zip) throws IOException {
        Path password =
                Files.writeString(FOLDER.resolve("password"), PLATFORM.client().password("administrator"));
        return TongmaiCommand.execute(
                "bundle",
                "deploy",
                zip.toString(),
                "--url=http://127.0.0.1:" + PLATFORM.ports().http(),
                "--user=administrator",
                "--password-file=" + password);
    }
}

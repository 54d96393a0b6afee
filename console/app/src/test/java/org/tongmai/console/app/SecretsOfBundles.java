package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.console.app.command.TongmaiCommand;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.standards.crypto.PemKeys;

/**
 * Two tenants of a bundle deliver over SFTP: one with the platform's password, one with its own, which the server does not
 * take. Passwords also stand where they do not belong. Each is looked for afterwards.
 */
final class SecretsOfBundles {
    static final String BUNDLE = "hospital-adt-to-district";
    static final String README = "A README that the search is to find in an archive.";
    static final String TENANT = "tenant-with-a-password";
    private static final String PASSWORD = "district.sftp.password";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlatformClient client;
    private final Path data;
    private final SecretFiles secrets;

    /** @param data the platform's data directory */
    SecretsOfBundles(PlatformClient client, Path data, SecretFiles secrets) {
        this.client = client;
        this.data = data;
        this.secrets = secrets;
    }

    void use() throws IOException {
        int plain = PlatformPorts.one();
        int own = PlatformPorts.one();
        String password = secrets.text("SFTP password of a tenant");
        tenant("tenant-without", Map.of("settings", Map.of("hospital.adt.port", "" + plain)), 200);
        tenant(
                TENANT,
                Map.of("settings", Map.of("hospital.adt.port", "" + own), "secrets", Map.of(PASSWORD, password)),
                200);
        assertThat(post("administrator", "/api/bundles", zip("")).statusCode()).isEqualTo(200);

        assertThat(deliver(plain, "SECRETS-1")).contains("MSA|AA");
        await("delivered with the platform's password")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions() // the file is not there yet
                .until(() -> !new Reckoning(client, data).districtRecords().isEmpty());
        assertThat(deliver(own, "SECRETS-2")).contains("MSA|AA");
        await("a server that does not take a password")
                .atMost(Duration.ofMinutes(1))
                .until(() -> new String(client.get("/api/destinations").body(), StandardCharsets.UTF_8)
                        .contains("TM-FILES"));
        exports();
        mistakes();
        authors();
    }

    /** What people carry out: the sheet to sign off a candidate, a message as a test. */
    private void exports() throws IOException {
        assertThat(post("engineer", "/api/bundles/diff?as=html&tenant=" + TENANT, zip(""))
                        .statusCode())
                .isEqualTo(200);
        String id = client.json("/api/messages?controlId=SECRETS-2")
                .findValuesAsText("id")
                .get(0);
        assertThat(post("engineer", "/api/messages/" + id + "/as-test?name=mine", new byte[0])
                        .statusCode())
                .isEqualTo(200);
    }

    /** A password among the settings people read, one in a file of a bundle. */
    private void mistakes() throws IOException {
        String shown = secrets.text("password among a tenant's settings");
        tenant(TENANT, Map.of("settings", Map.of(PASSWORD, shown)), 422);
        tenant("tenant-of-later", Map.of("settings", Map.of(PASSWORD, shown)), 422);
        HttpResponse<byte[]> refused = post(
                "administrator", "/api/bundles", zip(PASSWORD + "=" + secrets.text("password in a bundle") + "\n"));
        assertThat(refused.statusCode()).isEqualTo(422);
        secrets.search.look("POST /api/bundles, refused", refused.body());
    }

    /** An author's key never comes to the platform, what it signs does. */
    private void authors() throws IOException {
        assertThat(TongmaiCommand.execute("bundle", "keygen", "zhang-san", "--directory=" + secrets.folder()))
                .isZero();
        String pem = Files.readString(secrets.folder().resolve("zhang-san.key"));
        secrets.search.secret(
                "key of an author", PemKeys.readPrivate(pem, new char[0]).number());
    }

    private void tenant(String name, Map<String, ?> change, int status) throws IOException {
        String body = JSON.writeValueAsString(change);
        HttpResponse<byte[]> answer = client.send(
                "administrator", "/api/tenants/" + name, request -> request.header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(status);
        secrets.search.look("PUT /api/tenants/" + name, answer.body());
    }

    private HttpResponse<byte[]> post(String account, String path, byte[] zip) {
        HttpResponse<byte[]> answer =
                client.send(account, path, request -> request.header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip)));
        secrets.search.look("POST " + path, answer.body());
        return answer;
    }

    private static String deliver(int port, String controlId) throws IOException {
        byte[] admit = BundleArchive.ofFolder(SourceTree.root().resolve("routes/bundles/" + BUNDLE))
                .file("test/admit.hl7")
                .orElseThrow();
        String message = new String(admit, StandardCharsets.UTF_8).replace("ADT-0001", controlId);
        return PlatformClient.exchange(port, message.getBytes(StandardCharsets.UTF_8));
    }

    /** The sample bundle, once a tenant. */
    private static byte[] zip(String settings) throws IOException {
        BundleArchive shipped = BundleArchive.ofFolder(SourceTree.root().resolve("routes/bundles/" + BUNDLE));
        SortedMap<String, byte[]> files = new TreeMap<>(shipped.files());
        ObjectNode manifest = (ObjectNode) JSON.readTree(files.get(BundleArchive.MANIFEST));
        manifest.put("tenants", "each");
        files.put(BundleArchive.MANIFEST, JSON.writeValueAsBytes(manifest));
        files.put("README.md", README.getBytes(StandardCharsets.UTF_8));
        files.merge("application.properties", settings.getBytes(StandardCharsets.UTF_8), (file, more) -> (new String(
                                file, StandardCharsets.UTF_8)
                        + new String(more, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
        return BundleZip.write(BundleArchive.of(BUNDLE, files), Optional.empty());
    }
}

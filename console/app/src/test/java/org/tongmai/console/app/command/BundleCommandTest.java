package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.PemKeys;

/** From nothing to a signed file, and what is refused on the way. */
class BundleCommandTest {
    private static final String TITLE = "My \"feed\"";

    @TempDir
    Path folder;

    private record Answer(int exitCode, String out) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Answer run(Object... arguments) {
        StringWriter out = new StringWriter();
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int exitCode = TongmaiCommand.execute(new PrintWriter(out), new PrintWriter(System.err, true), words);
        return new Answer(exitCode, out.toString());
    }

    private Path newBundle() {
        assertThat(run("bundle", "new", "--id", "my-feed", "--title", TITLE, "--directory", folder)
                        .exitCode())
                .isZero();
        return folder.resolve("my-feed");
    }

    private void newKey(String author) {
        assertThat(run("bundle", "keygen", author, "--directory", folder).exitCode())
                .isZero();
    }

    @Test
    void a_new_bundle_keeps_the_rules_and_bears_its_name() throws IOException {
        Path bundle = newBundle();
        assertThat(Files.readString(bundle.resolve("route-bundle.json"))).contains("My \\\"feed\\\"");
        assertThat(Files.readString(bundle.resolve("receive.camel.yaml"))).contains("id: my-feed.receive");
        assertThat(bundle.resolve("test/admit.hl7")).exists();
        Answer valid = run("bundle", "validate", bundle, "--json");
        assertThat(valid.exitCode()).isZero();
        assertThat(valid.json().path("id").textValue()).isEqualTo("my-feed");
        assertThat(valid.json().at("/routes/0").textValue()).isEqualTo("my-feed.receive");
        assertThat(valid.json().path("issues")).isEmpty();
        assertThat(run("bundle", "new", "--id", "my-feed", "--directory", folder)
                        .exitCode())
                .as("a folder that is there")
                .isEqualTo(2);
        assertThat(run("bundle", "new", "--id", "../My feed", "--directory", folder)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void what_no_platform_would_take_is_not_sent_to_one() throws IOException {
        Path large = Files.write(folder.resolve("large.zip"), new byte[10 << 20]);
        Path password = Files.writeString(folder.resolve("password"), "word");
        assertThat(run(
                                "bundle",
                                "deploy",
                                large,
                                "--url=http://127.0.0.1:1",
                                "--user=administrator",
                                "--password-file=" + password)
                        .exitCode())
                .as("refused, though nothing can be reached there")
                .isEqualTo(1);
    }

    @Test
    void a_one_time_code_goes_along_with_the_password_where_one_is_given() throws IOException {
        List<String> codes = new ArrayList<>();
        HttpServer platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            codes.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Tongmai-One-Time-Code")));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        platform.start();
        try {
            String url = "--url=http://127.0.0.1:" + platform.getAddress().getPort();
            Path password = Files.writeString(folder.resolve("password"), "word");
            run("bundle", "status", url, "--user=a", "--password-file=" + password, "--code=123456");
            run("bundle", "status", url, "--user=a", "--password-file=" + password);
            assertThat(codes).containsExactly("123456", "null");
        } finally {
            platform.stop(0);
        }
    }

    @Test
    void every_bundle_of_the_repository_keeps_the_rules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("..", "..", "routes", "bundles"))) {
            assertThat(folders.filter(Files::isDirectory))
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allMatch(bundle -> run("bundle", "validate", bundle).exitCode() == 0);
        }
    }

    @Test
    void a_violation_is_named_with_file_and_line() throws IOException {
        Path bundle = newBundle();
        Path route = bundle.resolve("receive.camel.yaml");
        Files.writeString(route, Files.readString(route).replace("kamelet:canonical-publish-sink", "exec:sh"));
        Answer refused = run("bundle", "validate", bundle, "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.json().at("/issues/0/code").textValue()).isEqualTo("TM-BUNDLE-0009");
        assertThat(refused.json().at("/issues/0/location").textValue()).isEqualTo("receive.camel.yaml:14");
        newKey("zhang-san");
        assertThat(run("bundle", "sign", bundle, "--key", folder.resolve("zhang-san.key"), "--directory", folder)
                        .exitCode())
                .isEqualTo(1);
        assertThat(folder.resolve("my-feed-0.1.0.zip")).doesNotExist();
    }

    @Test
    void a_row_that_can_not_be_compiled_is_named_with_file_and_line() throws IOException {
        Path bundle = newBundle();
        Files.writeString(
                bundle.resolve("own.map.yaml"),
                "from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: gender, code: a-table-nobody-has}\n");
        Answer refused = run("bundle", "validate", bundle, "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.json().at("/issues/0/code").textValue()).startsWith("TM-MAP-");
        assertThat(refused.json().at("/issues/0/location").textValue()).isEqualTo("own.map.yaml:4");
    }

    @Test
    void a_setting_only_the_platform_has_is_noted_and_with_its_settings_demanded() throws IOException {
        Path bundle = Path.of("..", "..", "routes", "bundles", "hospital-adt-to-district");
        Answer noted = run("bundle", "validate", bundle, "--json");
        assertThat(noted.exitCode()).isZero();
        assertThat(noted.json().at("/issues/0/severity").textValue()).isEqualTo("INFORMATION");
        String prefix = "tongmai.bundles.hospital-adt-to-district.district.sftp.";
        Path settings = Files.writeString(folder.resolve("a"), prefix + "known-hosts-file=x\n");
        assertThat(run("bundle", "validate", bundle, "--settings", settings).exitCode())
                .isEqualTo(1);
        Files.writeString(settings, prefix + "known-hosts-file=x\n" + prefix + "pass" + "word=x\n");
        assertThat(run("bundle", "validate", bundle, "--settings", settings).exitCode())
                .isZero();
    }

    @Test
    void what_is_signed_verifies_and_only_for_those_who_trust_its_author() throws IOException {
        Path bundle = newBundle();
        newKey("zhang-san");
        Path zip = folder.resolve("my-feed-0.1.0.zip");
        Object[] sign = {
            "bundle",
            "sign",
            bundle,
            "--key",
            folder.resolve("zhang-san.key"),
            "--directory",
            folder,
            "--json",
            "--time",
            "2026-11-26T12:00:00Z"
        };
        Answer signed = run(sign);
        assertThat(signed.exitCode()).isZero();
        assertThat(signed.json().path("file").textValue()).isEqualTo(zip.toString());
        byte[] first = Files.readAllBytes(zip);
        assertThat(run(sign).exitCode()).isZero();
        assertThat(Files.readAllBytes(zip)).isEqualTo(first);
        Path trusted = Files.createDirectory(folder.resolve("trusted"));
        assertThat(run("bundle", "verify", zip, "--trusted", trusted, "--json")
                        .json()
                        .at("/issues/0/code")
                        .textValue())
                .isEqualTo("TM-BUNDLE-0025");
        Files.copy(folder.resolve("zhang-san.pem"), trusted.resolve("zhang-san.pem"));
        Answer verified = run("bundle", "verify", zip, "--trusted", trusted, "--json");
        assertThat(verified.exitCode()).isZero();
        assertThat(verified.json().path("author").textValue()).isEqualTo("zhang-san");
        assertThat(verified.json().path("digest")).isEqualTo(signed.json().path("digest"));
        assertChangedOrMissingIsRefused(first, trusted);
    }

    private void assertChangedOrMissingIsRefused(byte[] signed, Path trusted) throws IOException {
        int content = new String(signed, StandardCharsets.ISO_8859_1).indexOf("- route:");
        signed[content] ^= 1;
        Path changed = Files.write(folder.resolve("changed.zip"), signed);
        assertThat(run("bundle", "verify", changed, "--trusted", trusted).exitCode())
                .isEqualTo(1);
        assertThat(run("bundle", "verify", folder.resolve("missing.zip"), "--trusted", trusted)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_key_pair_is_made_once_and_its_secret_half_is_the_owners() throws IOException {
        Path word = Files.writeString(folder.resolve("word"), "correct horse\n");
        assertThat(run("bundle", "keygen", "li-si", "--directory", folder, "--password-file", word)
                        .exitCode())
                .isZero();
        Path secret = folder.resolve("li-si.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        String first = Files.readString(secret);
        assertThat(PemKeys.readPrivate(first, "correct horse".toCharArray()).publicKey())
                .isEqualTo(PemKeys.readPublic(Files.readString(folder.resolve("li-si.pem"))));
        assertThat(run("bundle", "keygen", "li-si", "--directory", folder).exitCode())
                .isEqualTo(2);
        assertThat(Files.readString(secret)).isEqualTo(first);
        assertThat(run(
                                "bundle",
                                "keygen",
                                "wang-wu",
                                "--directory",
                                folder,
                                "--password-file",
                                Files.writeString(word, "\nx"))
                        .exitCode())
                .as("an empty password")
                .isEqualTo(1);
        assertThat(folder.resolve("wang-wu.key")).doesNotExist();
        assertThat(run("bundle", "keygen", "../out", "--directory", folder).exitCode())
                .isEqualTo(2);
        assertThat(run("bundle", "sign", newBundle(), "--key", secret, "--directory", folder, "--json")
                        .json()
                        .at("/issues/0/code")
                        .textValue())
                .isEqualTo("TM-CRYPTO-0003");
    }

    @Test
    void the_shell_learns_every_command() {
        Answer script = run("completion");
        assertThat(script.exitCode()).isZero();
        assertThat(script.out()).contains("complete -F", "tongmai", "validate", "keygen", "--trusted");
        assertThat(run("bundle").exitCode()).isEqualTo(2);
    }
}

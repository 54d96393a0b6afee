package org.tongmai.console.camelcli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.main.KameletMain;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.adapters.district.twin.DistrictTwin;
import org.tongmai.adapters.district.twin.DistrictTwinSettings;

/**
 * What {@code camel run *.camel.yaml application.properties} does, by the class that does it: the files of a bundle of the
 * repository as they are, on {@link KameletMain}, with a hospital that sends and a district that receives.
 */
class CamelCliIT {
    private static final Path BUNDLE = Path.of("../../routes/bundles/hospital-adt-to-district");
    private static final String PASSWORD = "of the test";

    @TempDir
    private static Path folder;

    private static DistrictTwin district;
    private static KameletMain camel;
    private static int port;

    @BeforeAll
    static void run() throws Exception {
        district = DistrictTwin.start(new DistrictTwinSettings(
                folder.resolve("district"), "127.0.0.1", 0, new DistrictTwinSettings.Login("tongmai", PASSWORD)));
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        System.setProperty("tongmai.bundle.directory", BUNDLE.toString());
        System.setProperty(
                "tongmai.output.directory", folder.resolve("canonical").toString());
        camel = new KameletMain("camel.jbang");
        camel.setDownload(false);
        camel.setOverrideProperties(settings());
        camel.setPropertyPlaceholderLocations("file:" + BUNDLE.resolve("application.properties"));
        camel.configure().withRoutesIncludePattern(routeFiles());
        camel.start();
    }

    /** As {@code camel run --property} gives them: what the bundle leaves to its surroundings. */
    private static Properties settings() {
        Properties settings = new Properties();
        settings.put("hospital.adt.port", Integer.toString(port));
        settings.put("district.sftp.port", Integer.toString(district.port()));
        settings.put("district.sftp.password", PASSWORD);
        settings.put(
                "district.sftp.known-hosts-file",
                district.knownHostsFile().toAbsolutePath().toString());
        return settings;
    }

    private static String routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(BUNDLE)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(file -> "file:" + file)
                    .collect(Collectors.joining(","));
        }
    }

    @AfterAll
    static void stop() {
        camel.stop();
        district.close();
        System.clearProperty("tongmai.bundle.directory");
        System.clearProperty("tongmai.output.directory");
    }

    private static String answer(String message) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(0x0b);
            socket.getOutputStream()
                    .write(Files.readAllBytes(BUNDLE.resolve("test").resolve(message)));
            socket.getOutputStream().write(new byte[] {0x1c, 0x0d});
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int b = in.read(); b != 0x1c; b = in.read()) {
                bytes.write(b);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static List<Path> files(Path in, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(in)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void a_message_is_answered_mapped_by_the_bundles_own_rows_too_and_delivered() throws IOException {
        assertThat(answer("insured.hl7")).contains("\rMSA|AA|");

        Path mapped = files(folder.resolve("canonical"), ".canonical.json").get(0);
        JsonNode expected = new ObjectMapper()
                .readTree(BUNDLE.resolve("test/insured.canonical.json").toFile());
        assertThat(new ObjectMapper().readTree(mapped.toFile())).isEqualTo(expected);

        List<Path> delivered = files(district.inboxFolder(), ".csv");
        assertThat(delivered).hasSize(1);
        String[] cells = Files.readAllLines(delivered.get(0)).get(1).split(",", -1);
        String[] wanted = Files.readAllLines(BUNDLE.resolve("test/insured.district.csv"))
                .get(1)
                .split(",", -1);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(cells[i]).matches(wanted[i].equals("*") ? ".+" : Pattern.quote(wanted[i]));
        }
        assertThat(cells).hasSameSizeAs(wanted);
    }

    @Test
    void a_message_that_can_not_be_mapped_is_refused_by_its_code() throws IOException {
        assertThat(answer("no-patient.hl7")).contains("\rMSA|AE|").contains("TM-MAP-");
        assertThat(answer("missing-id.hl7")).contains("\rMSA|AE|");
    }
}

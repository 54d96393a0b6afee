package org.tongmai.routes.engine.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/** Bundles that mean harm are refused, and file and line are named. */
class HostileBundlesTest {
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
    private static final String SCHEMA =
            """
            {"properties": {
              "a.port": {"title": "t", "description": "d", "type": "integer", "default": 7},
              "a.text": {"title": "t", "description": "d", "type": "string", "default": "reso"}
            }}""";
    private static final String MANIFEST =
            """
            {"id": "hostile", "version": "1.0.0", "title": "t", "description": "d",
             "canary": {"maxErrorRate": 0.01, "maxLatency": "PT0.5S", "minMessages": 50}, "tenants": "each"}""";
    private static final String ROUTE =
            """
            - route:
                id: hostile.receive
                description: d
                from:
                  uri: kamelet:hl7-mllp-source
                  parameters: {port: "{{a.port}}"}
                  steps:
                    - to: {uri: "kamelet:canonical-publish-sink"}
            """;

    @AfterAll
    static void stopCamel() {
        CAMEL.stop();
    }

    private static Map<String, byte[]> good() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("README.md", bytes("# hostile"));
        files.put("route-bundle.json", bytes(MANIFEST));
        files.put("config.schema.json", bytes(SCHEMA));
        files.put("receive.camel.yaml", bytes(ROUTE));
        return files;
    }

    private static BundlePlan check(Map<String, byte[]> files) {
        return BundleCheck.check(BundleArchive.of("hostile", files), BundleOverrides.NONE, CAMEL);
    }

    private static BundlePlan checkWith(String file, String content) {
        Map<String, byte[]> files = good();
        files.put(file, bytes(content));
        return check(files);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(BundlePlan plan, String code, String location) {
        assertThat(plan.violations())
                .extracting(issue -> issue.code().code(), Issue::location)
                .contains(org.assertj.core.groups.Tuple.tuple(code, location));
    }

    @Test
    void without_what_makes_it_hostile_the_bundle_keeps_the_rules() {
        BundlePlan plan = check(good());
        assertThat(plan.violations()).isEmpty();
        assertThat(plan.receiving()).extracting(CheckedRoute::id).containsExactly("hostile.receive");
        assertThat(plan.settings()).containsEntry("a.port", "7");
    }

    static Stream<List<String>> hostile() throws IOException {
        try (InputStream file = HostileBundlesTest.class.getResourceAsStream("hostile-bundles.csv")) {
            return CsvTable.read("hostile-bundles.csv", new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .rows()
                    .stream()
                    .map(CsvTable.Row::cells);
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_file_is_refused_with_its_line(List<String> row) {
        assertRefused(checkWith(row.get(1), row.get(2)), row.get(3), row.get(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN EC|PRIVATE KEY-----",
                "his.pass|word=hunter2",
                "  \"api|Key\": \"0123456789\",",
                "口|令：hunter2",
                "see https://user:hunter2|@his.example.org/x",
                "Authorization: Bearer abcdefghijklmnop|12345",
                "AKIA|0123456789ABCDEF",
                "eyJhbGciOiJIUzI1NiJ9.|eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc"
            })
    void a_secret_in_clear_is_refused_in_any_file_and_not_repeated(String halves) {
        String secret = halves.replace("|", halves.contains("EC|") ? " " : "");
        for (String file : List.of("README.md", "test/x.hl7", "receive.camel.yaml", "x.map.yaml")) {
            BundlePlan plan = checkWith(file, "\n\n" + secret + "\n");
            assertRefused(plan, "TM-BUNDLE-0032", file + ":3");
            assertThat(plan.violations()).noneMatch(issue -> issue.text().contains("hunter2"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password: \"{{a.text}}\"",
                "Set the password of the account by tongmai.bundles.x.password, never here.",
                "\"format\": \"password\"",
                "| district.sftp.password | Password of the account; set by the platform |",
                "PID|1||H1^^^HOSPITAL^MR||虚构^一号",
                "ftp.password=",
                "basic acknowledgements"
            })
    void what_only_speaks_of_secrets_is_not_refused(String line) {
        assertThat(checkWith("README.md", line).violations()).isEmpty();
    }

    @Test
    void a_password_in_the_bundles_own_settings_is_refused_also_where_the_platforms_wins() {
        Map<String, byte[]> files = good();
        files.put(
                "config.schema.json",
                bytes("{\"properties\": {\"a.port\": {\"title\": \"t\", \"description\": \"d\", \"type\": \"integer\","
                        + " \"default\": 7}, \"a.word\": {\"title\": \"t\", \"description\": \"d\","
                        + " \"type\": \"string\", \"format\": \"password\"}}}"));
        files.put("application.properties", bytes("# one\na.word=hunter2\n"));
        BundlePlan plan = BundleCheck.check(
                BundleArchive.of("hostile", files), (bundle, key) -> java.util.Optional.of("8"), CAMEL);
        assertRefused(plan, "TM-BUNDLE-0032", "application.properties:2");
        assertThat(plan.violations()).noneMatch(issue -> issue.text().contains("hunter2"));
    }

    @Test
    void ten_thousand_routes_are_refused_however_they_come() {
        Map<String, byte[]> files = good();
        IntStream.range(0, 10_000).forEach(i -> files.put("r" + i + ".camel.yaml", bytes(ROUTE)));
        BundlePlan plan = check(files);
        assertRefused(plan, "TM-BUNDLE-0031", "r1088.camel.yaml:1");
        assertThat(plan.violations()).hasSizeLessThan(600);
        String inOne = ROUTE.repeat(10_000);
        assertRefused(checkWith("receive.camel.yaml", inOne), "TM-BUNDLE-0031", "receive.camel.yaml:1");
        String small = "- route: {}\n".repeat(10_000);
        assertThat(checkWith("receive.camel.yaml", small).violations())
                .anySatisfy(issue -> assertThat(issue.text()).contains("TM-BUNDLE-0031"))
                .allSatisfy(issue -> assertThat(issue.location()).contains(":"));
    }

    @Test
    void yaml_without_end_in_depth_or_size_is_refused_unread() {
        assertRefused(checkWith("receive.camel.yaml", "[".repeat(200_000)), "TM-BUNDLE-0031", "receive.camel.yaml:1");
        assertRefused(
                checkWith("receive.camel.yaml", "- ".repeat(100_000) + "x"), "TM-BUNDLE-0031", "receive.camel.yaml:1");
        assertRefused(checkWith("receive.camel.yaml", "{a: ".repeat(50_000)), "TM-BUNDLE-0031", "receive.camel.yaml:1");
        assertRefused(checkWith("receive.camel.yaml", "x".repeat(3_000_000)), "TM-BUNDLE-0031", "receive.camel.yaml:1");
        assertRefused(checkWith("route-bundle.json", "[".repeat(200_000)), "TM-BUNDLE-0002", "route-bundle.json:1");
    }

    @Test
    void a_million_violations_are_not_kept() {
        String lines = "{{x}}\n".repeat(40_000);
        assertThat(checkWith("receive.camel.yaml", lines).violations()).hasSizeLessThan(600);
    }

    @Test
    void text_made_to_take_for_ever_does_not() {
        checkWith("README.md", "password ".repeat(100_000));
        checkWith("README.md", "password=x" + " ".repeat(1_000_000) + "y");
        checkWith("README.md", "eyJ".repeat(300_000));
        checkWith("README.md", "a://".repeat(300_000));
    }
}

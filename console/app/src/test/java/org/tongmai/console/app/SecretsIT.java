package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.tongmai.standards.table.CsvTable;

/**
 * Every kind of secret is used, then looked for wherever something is kept or told: in each column of each table, in each file
 * of the data directory, in each answer of the API to each account, in each attribute and each dump of Jolokia.
 */
class SecretsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecretFiles SECRETS = new SecretFiles();
    private static final SecretSearch SEARCH = SECRETS.search;
    /** Where servers make and delete files while they are looked into. */
    private static final List<Path> LIVING = List.of(Path.of("postgresql/data"), Path.of("broker"));

    private static final List<String> ACCOUNTS = List.of(
            "administrator",
            "security-administrator",
            "audit-administrator",
            "engineer",
            "operator",
            "viewer",
            "service",
            "sender");

    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform(SECRETS.arguments());

    private final PlatformClient client = PLATFORM.client();
    private final Set<String> unanswered = new TreeSet<>();

    @AfterAll
    static void delete() throws IOException {
        FileSystemUtils.deleteRecursively(SECRETS.folder());
    }

    @Test
    void after_all_kinds_of_secrets_were_used_none_is_found_in_clear() throws Exception {
        ofThePlatform();
        try (SecretsOfGateways gateways = new SecretsOfGateways(client, PLATFORM.ports(), SECRETS)) {
            new SecretsOfAccounts(client, PLATFORM.ports(), SECRETS).use();
            gateways.use();
            new SecretsOfBundles(client, PLATFORM.data(), SECRETS).use();
            assertThat(SEARCH.secrets()).hasSizeGreaterThan(50);
            witnesses();

            api();
            jolokia();
            database();
            files();
        }

        assertThat(SEARCH.secretsFound()).as("secrets in clear").isEmpty();
        everyPlaceWasLookedInto();
    }

    /** What the platform made for itself. */
    private void ofThePlatform() throws IOException {
        for (String account : ACCOUNTS) {
            SEARCH.secret("first password of " + account, client.password(account));
        }
        try (Stream<Path> files = Files.list(PLATFORM.data().resolve("secrets"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).strip();
                SEARCH.secret("secrets/" + file.getFileName(), text.contains("PRIVATE KEY") ? pemBody(text) : text);
            }
        }
    }

    private static String pemBody(String pem) {
        return pem.lines().filter(line -> !line.startsWith("-")).toList().get(1);
    }

    private static void witnesses() {
        SEARCH.witness("rules", "witness-of-the-rules");
        SEARCH.witness("account", SecretsOfAccounts.NAME);
        SEARCH.witness("archive", SecretsOfBundles.README);
        SEARCH.witness("tenant", SecretsOfBundles.TENANT);
    }

    private void database() throws SQLException {
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname <> 'information_schema'"
                            + " union select 'pg_catalog.pg_stat_activity'"
                            + " union select 'pg_catalog.pg_settings'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            assertThat(tables).hasSizeGreaterThan(60);
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    rows(table, rows);
                }
            }
        }
    }

    private static void rows(String table, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                byte[] value = columns.getColumnType(column) == Types.BINARY
                        ? rows.getBytes(column)
                        : utf8(rows.getString(column));
                if (value != null) {
                    SEARCH.look("database " + table + "." + columns.getColumnName(column), value);
                }
            }
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole data directory but what is listed: what holds secrets because it has to, and only its owner reads. */
    private static void files() throws IOException {
        Path data = PLATFORM.data();
        Set<String> holders = new TreeSet<>(table("holders.csv").keySet());
        Files.walkFileTree(data, new LivingFiles(data, LIVING, file -> {
            String name = data.relativize(file).toString();
            if (holders.stream().anyMatch(name::startsWith)) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(name)
                        .isEqualTo("rw-------");
            } else if (!name.startsWith("postgresql/server-")) {
                SEARCH.look("file " + name, Files.readAllBytes(file));
            }
        }));
    }

    /** Every address that is asked by GET, as every account. */
    private void api() {
        Map<String, String> values = table("addresses.csv");
        String message = first("/api/messages?limit=1");
        String patient = first("/fhir/Patient?_count=1").replaceFirst(".*/", "");
        JsonNode place =
                client.json("audit-administrator", "/api/audit?limit=1").at("/items/0/place");
        String record = Stream.of("node", "block", "record")
                .map(each -> place.path(each).asText())
                .collect(Collectors.joining("/"));
        for (String template : templates()) {
            String address = values.getOrDefault(template, template.replaceAll("\\{[^}]*}", "x"))
                    .replace("@MESSAGE@", message)
                    .replace("@PATIENT@", patient)
                    .replace("@RECORD@", record);
            boolean answered = false;
            for (String account : ACCOUNTS) {
                HttpResponse<byte[]> answer = client.send(account, address, get -> get);
                SEARCH.look("GET " + address, answer.body());
                answered |= answer.statusCode() == 200;
            }
            if (!answered) {
                unanswered.add(template);
            }
        }
    }

    private static Set<String> templates() {
        Set<String> templates = new TreeSet<>(table("further.csv").keySet());
        PLATFORM
                .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .filter(info -> info.getMethodsCondition().isEmpty()
                        || info.getMethodsCondition().getMethods().contains(RequestMethod.GET))
                .map(info -> info.getPatternValues())
                .forEach(templates::addAll);
        assertThat(templates).hasSizeGreaterThan(50);
        return templates;
    }

    private String first(String list) {
        List<String> ids = client.json(list).findValuesAsText("id");
        return ids.get(ids.size() - 1);
    }

    /** All that the one who may see most may read, and all that only shows something. */
    private void jolokia() throws IOException {
        JsonNode all = asked(Map.of("type", "list")).path("value");
        List<Map<String, Object>> requests = new ArrayList<>();
        all.properties().forEach(domain -> domain.getValue().properties().forEach(mbean -> {
            String name = domain.getKey() + ":" + mbean.getKey();
            requests.add(Map.of("type", "read", "mbean", name, "config", Map.of("ignoreErrors", true)));
            mbean.getValue().path("op").properties().forEach(operation -> {
                if (operation.getKey().matches("(dump|get|list|show|browse|print|details|information).*")) {
                    shown(name, operation.getKey(), operation.getValue()).forEach(requests::add);
                }
            });
        }));
        assertThat(requests).hasSizeGreaterThan(200);
        int answered = 0;
        for (int from = 0; from < requests.size(); from += 50) {
            for (JsonNode answer : asked(requests.subList(from, Math.min(requests.size(), from + 50)))) {
                answered += answer.path("status").asInt() == 200 ? 1 : 0;
            }
        }
        assertThat(answered).as("answers of Jolokia").isGreaterThan(requests.size() / 2);
    }

    /** Operations without arguments, and those that are only asked for more or less. */
    private static List<Map<String, Object>> shown(String mbean, String name, JsonNode operation) {
        List<Map<String, Object>> requests = new ArrayList<>();
        for (JsonNode each : operation.isArray() ? operation : List.of(operation)) {
            List<String> types = each.path("args").findValuesAsText("type");
            if (types.stream().allMatch(type -> type.equals("boolean"))) {
                requests.add(Map.of(
                        "type",
                        "exec",
                        "mbean",
                        mbean,
                        "operation",
                        name + types.stream().collect(Collectors.joining(",", "(", ")")),
                        "arguments",
                        types.stream().map(type -> true).toList()));
            }
        }
        return requests;
    }

    private JsonNode asked(Object request) throws IOException {
        String body = JSON.writeValueAsString(request);
        HttpResponse<byte[]> answer = client.send(
                "administrator", "/actuator/jolokia", post -> post.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode read = JSON.readTree(answer.body());
        Collection<JsonNode> answers = new ArrayList<>();
        (read.isArray() ? read : List.of(read)).forEach(answers::add);
        for (JsonNode each : answers) {
            SEARCH.look(
                    "Jolokia " + each.at("/request/type").asText() + " "
                            + each.at("/request/mbean").asText() + " "
                            + each.at("/request/operation").asText(),
                    JSON.writeValueAsBytes(each));
        }
        return read;
    }

    /** The second column by the first. */
    private static Map<String, String> table(String file) {
        try (InputStream in = SecretsIT.class.getResourceAsStream("/secrets/" + file)) {
            return CsvTable.read(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)).rows().stream()
                    .collect(Collectors.toMap(row -> row.cell(0), row -> row.cell(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void everyPlaceWasLookedInto() {
        assertThat(unanswered)
                .as("answered to nobody")
                .isEqualTo(new TreeSet<>(table("empty.csv").keySet()));
        Map<String, Set<String>> found = SEARCH.witnessesFound();
        assertThat(found.get("rules"))
                .contains("database public.gateway_publication.content", "GET /api/gateway/rules");
        assertThat(found.get("rules")).contains("GET /api/gateway/publications/1/rules");
        assertThat(found.get("account")).contains("GET /api/accounts", "GET /api/audit?limit=1000");
        assertThat(found.get("account")).anyMatch(place -> place.matches("database public.audit_block_.*content!"));
        assertThat(found.get("archive")).anyMatch(place -> place.matches("database public.bundle_.*!README.md"));
        assertThat(found.get("tenant"))
                .contains("file logs/tongmai.log", "GET /api/tenants")
                .anyMatch(place -> place.startsWith("Jolokia read"))
                .anyMatch(place -> place.startsWith("Jolokia exec"));
    }
}

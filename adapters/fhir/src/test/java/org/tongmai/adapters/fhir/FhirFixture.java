package org.tongmai.adapters.fhir;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.tongmai.adapters.canonicalstore.CanonicalStoreSchema;
import org.tongmai.adapters.canonicalstore.PostgresCanonicalStore;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.adapters.patientindex.PatientIndexSchema;
import org.tongmai.adapters.patientindex.PostgresPatientIndexStore;
import org.tongmai.console.domain.patientindex.MatchTables;
import org.tongmai.console.domain.patientindex.PatientIndexService;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.terminology.Terminology;

/** The endpoint on a real HTTP server and a real store. */
final class FhirFixture implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private static final Terminology TABLES = Terminology.load();

    private final HapiResourceValidator validator;
    private final EmbeddedPostgres postgres;
    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();
    final DataSource dataSource;
    final PostgresCanonicalStore store;
    final PatientIndexService persons;
    final String base;

    FhirFixture() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        dataSource = postgres.getPostgresDatabase();
        CanonicalStoreSchema.migrate(dataSource);
        store = new PostgresCanonicalStore(dataSource);
        PatientIndexSchema.migrate(dataSource);
        persons = new PatientIndexService(new PostgresPatientIndexStore(dataSource), MatchTables.load());
        validator = new HapiResourceValidator(ValidationSettings.defaults(), TABLES, store);
        server = new Server();
        ServerConnector connector = new ServerConnector(server);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new FhirServlet(store, persons, () -> TABLES, validator)), "/fhir/*");
        server.setHandler(context);
        server.start();
        base = "http://localhost:" + connector.getLocalPort() + "/fhir";
        try (InputStream in = getClass().getResourceAsStream("/resources.ndjson")) {
            upsert(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toArray(String[]::new));
        }
    }

    void upsert(String... resources) throws SQLException, IOException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (String json : resources) {
                ObjectNode content = (ObjectNode) JSON.readTree(json);
                CanonicalResource resource = new CanonicalResource(
                        content.path("resourceType").asText(),
                        content.path("id").asText(),
                        content);
                store.upsert(
                        connection,
                        List.of(store.prepare(new CanonicalBundle("t", "t", "", List.of(resource), List.of()))));
            }
            connection.commit();
        }
    }

    /** Indexes Patients as they are stored. */
    void index(String... ids) {
        List<PatientIndexService.PatientChange> changes = Arrays.stream(ids)
                .map(id -> store.find("Patient", id).orElseThrow())
                .map(each -> new PatientIndexService.PatientChange(
                        each.version().id(),
                        each.version().version(),
                        each.resource().content()))
                .toList();
        persons.index(changes, PatientIndexService.Progress.NONE);
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + "/" + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The ids of the matches of a search, in order. */
    List<String> ids(String path) throws IOException, InterruptedException {
        return json(path).path("entry").findValues("fullUrl").stream()
                .map(url -> url.asText().substring(url.asText().lastIndexOf('/') + 1))
                .toList();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        validator.close();
        postgres.close();
    }
}

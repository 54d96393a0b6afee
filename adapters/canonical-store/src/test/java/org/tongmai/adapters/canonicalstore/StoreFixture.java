package org.tongmai.adapters.canonicalstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.ResourceVersion;

/** A PostgreSQL with an empty canonical store. */
final class StoreFixture implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedPostgres postgres;
    final DataSource dataSource;
    final PostgresCanonicalStore store;

    StoreFixture() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dataSource = postgres.getPostgresDatabase();
        CanonicalStoreSchema.migrate(dataSource);
        store = new PostgresCanonicalStore(dataSource);
    }

    List<List<ResourceVersion>> upsert(CanonicalBundle... messages) throws SQLException {
        return upsertWith(store, messages);
    }

    List<List<ResourceVersion>> upsertWith(PostgresCanonicalStore writer, CanonicalBundle... messages)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            List<List<ResourceVersion>> versions = writer.upsert(
                    connection, Arrays.stream(messages).map(writer::prepare).toList());
            connection.commit();
            return versions;
        }
    }

    long count(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    static CanonicalBundle message(CanonicalResource... resources) {
        return new CanonicalBundle("patient-administration", "ADT^A01", "", List.of(resources), List.of());
    }

    static CanonicalResource resource(String json) {
        try {
            ObjectNode content = (ObjectNode) JSON.readTree(json);
            return new CanonicalResource(
                    content.path("resourceType").asText(), content.path("id").asText(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the resources of a file, one JSON a line. */
    static List<CanonicalResource> file(String name) {
        try (InputStream in = StoreFixture.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(StoreFixture::resource)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

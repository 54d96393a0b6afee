package org.tongmai.console.domain.patientindex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.tongmai.adapters.canonicalstore.CanonicalStoreSchema;
import org.tongmai.adapters.canonicalstore.PostgresCanonicalStore;
import org.tongmai.adapters.patientindex.PatientIndexSchema;
import org.tongmai.adapters.patientindex.PostgresPatientIndexStore;
import org.tongmai.console.domain.patientindex.PatientIndexService.PatientChange;
import org.tongmai.console.domain.patientindex.PatientIndexService.Progress;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.Person;

/** An index on a real PostgreSQL, with a canonical store beside it. */
final class IndexFixture implements AutoCloseable {
    static final By CLERK = new By("clerk", "looked at both papers");

    private final EmbeddedPostgres postgres;
    private final Map<String, Integer> versions = new TreeMap<>();
    final DataSource dataSource;
    final PostgresCanonicalStore canonical;
    final PatientIndexService index;

    IndexFixture() {
        try {
            postgres = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dataSource = postgres.getPostgresDatabase();
        CanonicalStoreSchema.migrate(dataSource);
        PatientIndexSchema.migrate(dataSource);
        canonical = new PostgresCanonicalStore(dataSource);
        index = new PatientIndexService(new PostgresPatientIndexStore(dataSource), MatchTables.load());
    }

    /** Forgets everybody. */
    void clear() throws SQLException {
        versions.clear();
        sql("truncate patient_index.record, patient_index.key, patient_index.operation, patient_index.move, "
                + "patient_index.review, patient_index.follower, patient_index.guardianship, "
                + "patient_index.statement, patient_index.left_out, canonical.resource, canonical.resource_version, "
                + "canonical.search_text, canonical.search_date");
        // So that the store knows that somebody else wrote.
        sql("update canonical.turn set number = number + 1");
    }

    void sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Indexes the next version of a Patient, given as {@link Patients} writes it; links as {@code type:id}. */
    void send(String id, String line, String... links) {
        index.index(List.of(change(id, line, links)), Progress.NONE);
    }

    PatientChange change(String id, String line, String... links) {
        return new PatientChange(id, versions.merge(id, 1, Integer::sum), patient(id, line, links));
    }

    static ObjectNode patient(String id, String line, String... links) {
        ObjectNode patient = Patients.of(id, line);
        for (String link : links) {
            String[] parts = link.split(":");
            ObjectNode entry = patient.withArray("link").addObject().put("type", parts[0]);
            entry.putObject("other").put("reference", "Patient/" + parts[1]);
        }
        return patient;
    }

    /** What a sender says of two Patients. */
    static ObjectNode linkage(String id, String first, String second, String active) {
        ObjectNode linkage = Patients.of(id, "").put("resourceType", "Linkage").put("active", active.equals("active"));
        linkage.withArray("item")
                .addObject()
                .put("type", "source")
                .putObject("resource")
                .put("reference", "Patient/" + first);
        linkage.withArray("item")
                .addObject()
                .put("type", "alternate")
                .putObject("resource")
                .put("reference", "Patient/" + second);
        return linkage;
    }

    /** Writes Patients to the canonical store, as messages do. */
    void store(ObjectNode... patients) throws SQLException {
        List<CanonicalResource> resources = Arrays.stream(patients)
                .map(each -> new CanonicalResource(
                        each.path("resourceType").asText(), each.path("id").asText(), each))
                .toList();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            canonical.upsert(
                    connection,
                    List.of(canonical.prepare(
                            new CanonicalBundle("patient-administration", "ADT^A08", "", resources, List.of()))));
            connection.commit();
        }
    }

    /** The Patients of the person that the id leads to, in alphabetical order. */
    List<String> together(String id) {
        return index.find(id).map(Person::patientIds).orElse(List.of()).stream()
                .sorted()
                .toList();
    }

    String person(String id) {
        return index.find(id).orElseThrow().id();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

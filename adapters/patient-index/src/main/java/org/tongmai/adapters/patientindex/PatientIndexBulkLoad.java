package org.tongmai.adapters.patientindex;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.tongmai.adapters.patientindex.internal.IndexJson;
import org.tongmai.standards.patientindex.IndexedRecord;

/**
 * Copies records into an index that has none, by COPY, without matching them: for a first load of people who are known
 * to be different, and for measurements. The caller commits.
 */
public final class PatientIndexBulkLoad {
    private final Connection connection;

    public PatientIndexBulkLoad(Connection connection) {
        this.connection = connection;
    }

    /** Writes records with their keys. */
    public void copy(Collection<IndexedRecord> records) throws SQLException, IOException {
        StringBuilder rows = new StringBuilder(records.size() * 400);
        StringBuilder keys = new StringBuilder(records.size() * 200);
        for (IndexedRecord each : records) {
            List<String> hashes = each.keys().stream().map(String::valueOf).toList();
            rows.append(each.number()).append('\t');
            rows.append(each.person()).append('\t');
            rows.append(each.version()).append('\t');
            rows.append(each.state().code()).append('\t');
            rows.append(each.patientId()).append('\t');
            rows.append(String.join(" ", each.links())).append('\t');
            rows.append(escaped(IndexJson.write(each.traits()))).append('\t');
            rows.append(hashes.stream().collect(Collectors.joining(",", "{", "}")))
                    .append('\n');
            hashes.forEach(
                    key -> keys.append(key).append('\t').append(each.number()).append('\n'));
        }
        copy("record (number, person, version, state, patient_id, links, traits, keys)", rows);
        copy("key (key, record)", keys);
    }

    /** Makes the sequence go on after the numbers that were written, and tells the planner what there is. */
    public void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select setval('patient_index.number', (select max(number) from patient_index.record))");
            statement.execute("analyze patient_index.record");
            statement.execute("analyze patient_index.key");
        }
    }

    private void copy(String table, StringBuilder rows) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy patient_index." + table + " from stdin", new StringReader(rows.toString()));
    }

    private static String escaped(String json) {
        return json.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }
}

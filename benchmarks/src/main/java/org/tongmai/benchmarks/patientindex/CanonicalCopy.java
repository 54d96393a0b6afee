package org.tongmai.benchmarks.patientindex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** Copies resources with their index entries into the canonical store's tables. */
final class CanonicalCopy {
    private static final String TIME = "2026-11-20 00:00:00+00";

    private final Connection connection;
    private final Map<String, Integer> parameters = new HashMap<>();
    private final MessageDigest digest;
    private final StringBuilder resources = new StringBuilder();
    private final StringBuilder versions = new StringBuilder();
    private final StringBuilder texts = new StringBuilder();
    private final StringBuilder dates = new StringBuilder();
    /** An entry stands once: somebody's given name may be the surname again. */
    private final Set<String> entries = new HashSet<>();

    private long rid;

    CanonicalCopy(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select type, name, id from canonical.parameter")) {
            while (row.next()) {
                parameters.put(row.getString(1) + "." + row.getString(2), row.getInt(3));
            }
        }
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }

    /** Adds a resource; its entries follow. */
    void add(ObjectNode resource) {
        rid++;
        entries.clear();
        byte[] content = resource.toString().getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(digest.digest(content), 0, 16);
        String type = resource.path("resourceType").asText();
        resources
                .append(rid)
                .append('\t')
                .append(TIME)
                .append('\t')
                .append(hash)
                .append("\t1\tf\t");
        resources.append(type).append('\t').append(resource.path("id").asText()).append('\n');
        versions.append(rid).append('\t').append(TIME).append("\t1\t\\\\x");
        versions.append(HexFormat.of().formatHex(content))
                .append('\t')
                .append(type)
                .append('\n');
    }

    /** An entry of the resource added last; a parameter that is not indexed is left out. */
    void text(String parameter, String value, String system) {
        Integer number = parameters.get(parameter);
        if (number != null && entries.add(number + value + '|' + system)) {
            texts.append(rid).append('\t').append(number).append('\t');
            texts.append(value).append('\t').append(system).append('\n');
        }
    }

    /** A day of the resource added last. */
    void day(String parameter, long from) {
        Integer number = parameters.get(parameter);
        if (number != null) {
            dates.append(rid).append('\t').append(from).append('\t').append(from + 86_400_000L);
            dates.append('\t').append(number).append('\n');
        }
    }

    void flush() throws SQLException, IOException {
        copy("resource (rid, last_updated, hash, version, deleted, type, id)", resources);
        copy("resource_version (rid, last_updated, version, content, type)", versions);
        copy("search_text (rid, parameter, value, system)", texts);
        copy("search_date (rid, low, high, parameter)", dates);
    }

    /** Makes the store's numbers go on after those that were written. */
    void finish() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select setval('canonical.resource_rid', " + (rid / 1000 + 1) * 1000 + ")");
            statement.execute("analyze canonical.resource");
            statement.execute("analyze canonical.resource_version");
            statement.execute("analyze canonical.search_text");
        }
    }

    private void copy(String table, StringBuilder rows) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy canonical." + table + " from stdin", new StringReader(rows.toString()));
        rows.setLength(0);
    }
}

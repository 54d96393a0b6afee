package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The browser test of the page Audit, in Chromium, against the whole platform: over the log as it is, and once more after
 * somebody with every right in the database has altered a record of it.
 */
class AuditPageIT {
    @RegisterExtension
    static final RunningPlatform PLATFORM = new RunningPlatform();

    private final PlatformClient client = PLATFORM.client();

    @Test
    void the_page_shows_the_log_to_the_audit_administrator_alone_and_finds_a_record_that_was_altered(
            @TempDir Path folder) throws Exception {
        PagesInChromium pages = PagesInChromium.orSkip(folder);
        pages.pass("audit.test.mjs", environment(""));
        pages.pass("audit.test.mjs", environment(alterALogin()));
    }

    private Map<String, String> environment(String altered) {
        Map<String, String> environment = new HashMap<>();
        environment.put("BASE_URL", "http://127.0.0.1:" + PLATFORM.ports().http());
        environment.put("AUDIT_PASSWORD", client.password("audit-administrator"));
        environment.put("VIEWER_PASSWORD", client.password("viewer"));
        environment.put("OPERATOR_PASSWORD", client.password("operator"));
        environment.put("SECURITY_PASSWORD", client.password("security-administrator"));
        environment.put("ALTERED", altered);
        return environment;
    }

    /** Writes another account into the record of a login. Answers where. */
    private String alterALogin() throws IOException, SQLException, DataFormatException {
        JsonNode place = new ObjectMapper()
                .readTree(client.send("audit-administrator", "/api/audit?act=login&actor=viewer", request -> request)
                        .body())
                .at("/items/0/place");
        String node = place.path("node").asText();
        long block = place.path("block").asLong();
        int record = place.path("record").asInt();
        try (Connection connection = PLATFORM.bean(DataSource.class).getConnection()) {
            String[] lines = unpack(content(connection, node, block)).split("\n", -1);
            assertThat(lines[record - 1]).contains("\tviewer\t");
            lines[record - 1] = lines[record - 1].replace("\tviewer\t", "\tsender\t");
            replace(connection, node, block, pack(String.join("\n", lines)));
        }
        return node + "/" + block + "/" + record;
    }

    private static byte[] content(Connection connection, String node, long block) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select content from audit_block where node = ? and sequence = ?")) {
            select.setString(1, node);
            select.setLong(2, block);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getBytes(1);
            }
        }
    }

    private static void replace(Connection connection, String node, long block, byte[] content) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(
                        "update audit_block set content = ? where node = ? and sequence = ?")) {
            statement.execute("set session_replication_role = replica");
            update.setBytes(1, content);
            update.setString(2, node);
            update.setLong(3, block);
            assertThat(update.executeUpdate()).isEqualTo(1);
            statement.execute("set session_replication_role = default");
        }
    }

    /** As docs/decisions/0015-audit-log.md says: a 1, then lines, deflated. */
    private static String unpack(byte[] content) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(content, 1, content.length - 1);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        byte[] piece = new byte[8_192];
        while (!inflater.finished()) {
            plain.write(piece, 0, inflater.inflate(piece));
        }
        inflater.end();
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static byte[] pack(String lines) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(lines.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(1);
        byte[] piece = new byte[8_192];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return packed.toByteArray();
    }
}

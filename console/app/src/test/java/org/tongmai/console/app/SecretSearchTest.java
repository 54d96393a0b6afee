package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretSearchTest {
    private static final String SECRET = "t0p \"secret\"/+ä";
    private final SecretSearch search = new SecretSearch();

    @BeforeEach
    void prepare() {
        search.secret("it", SECRET);
        search.witness("beside", "no secret at all");
    }

    @Test
    void a_secret_is_found_in_every_form_it_can_be_written_in() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        for (String before : new String[] {"", "a", "ab", "abc", "user:"}) {
            byte[] with = (before + SECRET + "xy").getBytes(StandardCharsets.UTF_8);
            search.look("basic" + before.length(), ("x " + Base64.getEncoder().encodeToString(with)).getBytes());
            search.look(
                    "url" + before.length(),
                    Base64.getUrlEncoder().encodeToString(with).getBytes());
        }
        search.look("plain", ("before " + SECRET + " after").getBytes(StandardCharsets.UTF_8));
        search.look("hex", HexFormat.of().formatHex(bytes).getBytes());
        search.look("HEX", HexFormat.of().withUpperCase().formatHex(bytes).getBytes());
        search.look("query", ("?a=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)).getBytes());
        search.look("json", ("{\"a\":\"" + SECRET.replace("\"", "\\\"") + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThat(search.secretsFound().get("it")).hasSize(15);
    }

    @Test
    void a_secret_is_found_in_what_is_packed() throws IOException {
        byte[] content = ("before " + SECRET).getBytes(StandardCharsets.UTF_8);
        search.look("zip", zip(content));
        search.look("zip in zip", zip(zip(content)));
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(content);
        }
        search.look("gzip", gzip.toByteArray());
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(1);
        try (DeflaterOutputStream out = new DeflaterOutputStream(block, new Deflater(Deflater.BEST_SPEED, true))) {
            out.write(content);
        }
        search.look("audit", block.toByteArray());

        assertThat(search.secretsFound().get("it"))
                .containsExactly("audit!", "gzip!", "zip in zip!a.txt!a.txt", "zip!a.txt");
    }

    @Test
    void what_is_only_like_a_secret_is_none_and_a_witness_is_told_apart() {
        search.look("like it", "t0p \"secret\"/- no secret at all PK".getBytes(StandardCharsets.UTF_8));
        search.look("begins like a zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0});

        assertThat(search.secretsFound()).isEmpty();
        assertThat(search.witnessesFound().get("beside")).containsExactly("like it");
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}

package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.uri;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 文件传输限制: files by what they are, how large and how many. */
class GatewayFilesIT {
    private static final byte[] PDF = "%PDF-1.7\n1 0 obj\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
    private static final byte[] PROGRAM = HexFormat.of().parseHex("4d5a90000300000004000000ffff0000");

    private static ContentNode content;

    @BeforeAll
    static void start() throws Exception {
        content = new ContentNode();
    }

    @AfterAll
    static void close() {
        content.close();
    }

    @Test
    void a_file_is_what_its_bytes_are_whatever_its_name_and_type_say() throws IOException {
        assertThat(send("application/pdf", PDF).statusCode()).isEqualTo(200);
        assertThat(send("application/octet-stream", PNG).statusCode()).isEqualTo(200);
        assertThat(send("application/vnd.any", zip("word/document.xml")).statusCode())
                .isEqualTo(200);
        assertThat(code(send("application/pdf", PROGRAM))).isEqualTo("TM-GATE-0084");
        assertThat(code(send("application/zip", zip("xl/workbook.xml")))).isEqualTo("TM-GATE-0084");
        assertThat(code(send("application/zip", zip("a.txt")))).isEqualTo("TM-GATE-0084");
        assertThat(code(send("image/png", "<svg onload='x'/>".getBytes(StandardCharsets.US_ASCII))))
                .isIn("TM-GATE-0084", "TM-SCREEN-00");
        assertThat(code(send("text/plain", PROGRAM))).isEqualTo("TM-GATE-0084");
        assertThat(send("application/json", "{\"a\":1}".getBytes(StandardCharsets.US_ASCII))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void parts_are_judged_one_by_one() throws IOException {
        assertThat(parts(PDF, PNG).statusCode()).isEqualTo(200);
        HttpResponse<String> program = parts(PDF, PROGRAM);
        assertThat(code(program)).isEqualTo("TM-GATE-0084");
        assertThat(program.body()).contains("part 3").contains("application/x-msdownload");
        assertThat(code(parts(PDF, PDF, PDF))).isEqualTo("TM-GATE-0086");
        assertThat(code(parts(Arrays.copyOf(PDF, 4001)))).isEqualTo("TM-GATE-0085");
        assertThat(parts().statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_that_can_be_read_as_two_types_is_refused() throws IOException {
        assertThat(code(send("image/png", joined(PNG, zip("a.class"))))).isEqualTo("TM-GATE-0087");
        assertThat(code(send("application/pdf", joined(PDF, zip("a.class"))))).isEqualTo("TM-GATE-0087");
        assertThat(code(send("image/png", joined(PNG, PDF)))).isEqualTo("TM-GATE-0087");
        assertThat(code(send("image/png", joined(PNG, "<SCRIPT>".getBytes(StandardCharsets.US_ASCII)))))
                .isEqualTo("TM-GATE-0087");
    }

    @Test
    void an_archive_that_is_two_documents_or_a_content_type_with_two_readings_is_refused() throws IOException {
        byte[] both = zip("word/document.xml", "META-INF/MANIFEST.MF");
        byte[] parts = ascii("--a\r\n\r\nx\r\n--a--\r\n--b\r\n\r\ny\r\n--b--\r\n");

        assertThat(code(send("application/zip", both))).isEqualTo("TM-GATE-0087");
        for (String type : new String[] {
            "multipart/form-data; boundary=a; boundary=b",
            "multipart/form-data; x=\"; boundary=a\"; boundary=b",
            "multipart/form-data",
            "multipart/form-data; boundary=\"a\\b\""
        }) {
            assertThat(send(type, parts).body()).as(type).contains("TM-SCREEN-0003", "two readings");
        }
    }

    @Test
    void a_file_is_seen_whatever_bytes_stand_before_its_name_and_never_between_two_line_ends() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"a%s\"; filename=\"a.txt\"\r\n\r\n"
                + "hello\r\n--b--\r\n";

        assertThat(code(send("multipart/form-data; boundary=b", ascii(part.formatted("b")))))
                .isEqualTo("TM-GATE-0084");
        assertThat(code(send("multipart/form-data; boundary=b", latin(part.formatted("\u0085")))))
                .isEqualTo("TM-GATE-0084");
        assertThat(code(send("multipart/form-data; boundary=b", latin(part.formatted("\r")))))
                .isEqualTo("TM-SCREEN-00");
    }

    @Test
    void parts_in_a_part_are_refused_for_nobody_looks_at_their_files() {
        String nested = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                + "Content-Type: Multipart/mixed; boundary=c\r\n\r\n--c\r\n"
                + "Content-Disposition: file; filename=\"a.txt\"\r\n\r\nhello\r\n--c--\r\n--b--\r\n";

        assertThat(code(send("multipart/form-data; boundary=b", ascii(nested)))).isEqualTo("TM-GATE-0084");
    }

    @Test
    void a_file_is_named_as_what_it_is_and_keeps_to_its_folder() throws IOException {
        String document = "word/document.xml";
        String disposition = "attachment; filename=\"%s\"";

        assertThat(code(named("shell.jsp", PNG))).isEqualTo("TM-GATE-0099");
        assertThat(code(named("../a.png", PNG))).isEqualTo("TM-GATE-0099");
        assertThat(named("a.jpg", PNG).statusCode()).isEqualTo(200);
        assertThat(code(sent(disposition.formatted("shell.jsp"), PNG))).isEqualTo("TM-GATE-0099");
        assertThat(sent(disposition.formatted("a.png"), PNG).statusCode()).isEqualTo(200);
        assertThat(code(send("application/zip", zip(document, "../../x.jsp")))).isEqualTo("TM-GATE-0099");
        assertThat(code(send("application/zip", zip(document, "word/vbaProject.bin"))))
                .isEqualTo("TM-GATE-0084");
    }

    private static HttpResponse<String> sent(String disposition, byte[] body) {
        return SignedCaller.send(HttpRequest.newBuilder(uri(content.node.bus, "/files"))
                .header("Content-Type", "image/png")
                .header("Content-Disposition", disposition)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static HttpResponse<String> send(String type, byte[] body) {
        return SignedCaller.send(HttpRequest.newBuilder(uri(content.node.bus, "/files"))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    private static HttpResponse<String> parts(byte[]... files) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(ascii("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nnone\r\n"));
        for (byte[] file : files) {
            body.writeBytes(part(file == PNG ? "a.png" : "a.pdf", file));
        }
        body.writeBytes(ascii("--b--\r\n"));
        return send("multipart/form-data; boundary=b", body.toByteArray());
    }

    private static HttpResponse<String> named(String name, byte[] file) {
        return send("multipart/form-data; boundary=b", joined(part(name, file), ascii("--b--\r\n")));
    }

    private static byte[] part(String name, byte[] file) {
        byte[] head = ascii("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\n"
                + "Content-Type: application/pdf\r\n\r\n");
        return joined(joined(head, file), ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.closeEntry();
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(ascii("content"));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}

package org.tongmai.console.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;

class SignatureCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate();

    private record Answer(int exitCode, String out) {}

    private static Answer run(Object... arguments) {
        StringWriter out = new StringWriter();
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int exitCode = TongmaiCommand.execute(new PrintWriter(out), new PrintWriter(System.err, true), words);
        return new Answer(exitCode, out.toString());
    }

    private Path signatureCase(byte[] signature) throws IOException {
        ObjectNode fields =
                JSON.createObjectNode().put("signature", Base64.getEncoder().encodeToString(signature));
        fields.putObject("ours").put("text", "a=1\nb=2").put("publicKey", PemKeys.write(key.publicKey()));
        return Files.write(folder.resolve("case.json"), JSON.writeValueAsBytes(fields));
    }

    @Test
    void a_signature_is_explained_in_the_language_asked_for() throws IOException {
        Path file = signatureCase(key.sign("a=1\r\nb=2".getBytes(StandardCharsets.US_ASCII)));
        Answer english = run("signature", "explain", file);
        assertThat(english.exitCode()).isZero();
        assertThat(english.out()).contains("EXPLAINED", "CAUSE line-end-crlf: Lines", "CAUSE signature-der: The");
        assertThat(run("signature", "explain", file, "--language", "zh").out()).contains("换行", "签名");
        JsonNode values =
                JSON.readTree(run("signature", "explain", file, "--json").out());
        assertThat(values.at("/findings/0/code").asText()).isEqualTo("line-end-crlf");
    }

    @Test
    void what_is_not_explained_or_no_case_has_an_exit_code() throws IOException {
        assertThat(run("signature", "explain", signatureCase(new byte[64])).exitCode())
                .isEqualTo(1);
        Path file = Files.writeString(folder.resolve("none.json"), "{}");
        assertThat(run("signature", "explain", file).exitCode()).isEqualTo(1);
        assertThat(run("signature", "explain", folder.resolve("missing")).exitCode())
                .isEqualTo(2);
    }

    @Test
    void the_form_of_a_ciphertext_is_found() throws IOException {
        byte[] ciphertext = key.publicKey().encrypt(new byte[20], CiphertextForm.C1C2C3);
        Path file =
                Files.writeString(folder.resolve("ciphertext"), HexFormat.of().formatHex(ciphertext));
        Path pem = Files.writeString(folder.resolve("key"), PemKeys.write(key));
        Answer answer = run("signature", "ciphertext", file, "--key", pem);
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("ciphertext-c1c2c3");
    }

    @Test
    void code_is_written_once() {
        Object[] arguments = {
            "signature",
            "code",
            "--language",
            "python",
            "--gateway",
            "https://gateway.example",
            "--app",
            "his-1",
            "--directory",
            folder
        };
        assertThat(run(arguments).exitCode()).isZero();
        assertThat(folder.resolve("tongmai_caller.py")).content().contains("https://gateway.example", "his-1");
        assertThat(run(arguments).exitCode()).as("a file that is there").isEqualTo(2);
        arguments[3] = "cobol";
        assertThat(run(arguments).exitCode()).isEqualTo(2);
        arguments[3] = "go";
        arguments[5] = "gateway";
        assertThat(run(arguments).exitCode()).isEqualTo(1);
    }
}

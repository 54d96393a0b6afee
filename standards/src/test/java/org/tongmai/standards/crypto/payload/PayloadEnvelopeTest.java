package org.tongmai.standards.crypto.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.RsaPrivateKey;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Algorithm;
import org.tongmai.standards.crypto.payload.PayloadEnvelope.Receiver;
import org.tongmai.standards.crypto.vault.KeyFiles;
import org.tongmai.standards.crypto.vault.KeyVault;

class PayloadEnvelopeTest {
    private static final byte[] CONTENT = "{\"name\":\"测试\"}".getBytes(StandardCharsets.UTF_8);
    private static final Sm2PrivateKey SM2 = Sm2PrivateKey.generate();
    private static final RsaPrivateKey RSA = RsaPrivateKey.generate();

    @TempDir
    private Path folder;

    @Test
    void a_body_is_for_its_receiver_only() {
        byte[] json = PayloadEnvelope.seal(CONTENT, SM2.publicKey(), "k-1").json();
        PayloadEnvelope envelope = PayloadEnvelope.read(json);
        assertThat(envelope.open(SM2)).isEqualTo(CONTENT);
        assertThat(envelope.keyId()).isEqualTo("k-1");
        assertThat(new String(json, StandardCharsets.UTF_8)).doesNotContain("name");
        assertRefused(CryptoError.SEAL_BROKEN, () -> envelope.open(Sm2PrivateKey.generate()));
        assertRefused(CryptoError.NOT_OFFERED, () -> envelope.open(RSA));
        assertThat(PayloadEnvelope.seal(CONTENT, SM2.publicKey(), "k-1").json()).isNotEqualTo(json);
    }

    @Test
    void rsa_and_aes_do_alike() {
        PayloadEnvelope envelope = PayloadEnvelope.read(
                PayloadEnvelope.seal(CONTENT, RSA.publicKey(), "k-2").json());
        assertThat(envelope.open(RSA)).isEqualTo(CONTENT);
        assertRefused(CryptoError.SEAL_BROKEN, () -> envelope.open(RsaPrivateKey.generate()));
        assertRefused(CryptoError.NOT_OFFERED, () -> envelope.open(SM2));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void a_vault_opens_by_the_key_that_is_named_and_does_not_say_what_is_wrong(Algorithm algorithm) throws IOException {
        Receiver receiver = algorithm.isSm2()
                ? Receiver.of(algorithm, SM2.publicKey(), "k-1")
                : Receiver.of(algorithm, RSA.publicKey(), "k-1");
        Files.writeString(folder.resolve("k-1.pem"), algorithm.isSm2() ? PemKeys.write(SM2) : PemKeys.write(RSA));
        Files.writeString(folder.resolve("k-2.hmac"), "00".repeat(32));
        KeyVault vault = KeyFiles.folder(folder, new char[0]);
        PayloadEnvelope envelope = PayloadEnvelope.seal(CONTENT, "application/json", receiver);

        PayloadEnvelope read = PayloadEnvelope.read(envelope.json());
        assertThat(read.open(vault)).isEqualTo(CONTENT);
        assertThat(read.contentType()).isEqualTo("application/json");
        for (String id : new String[] {"k-2", "nobody"}) {
            PayloadEnvelope other = new PayloadEnvelope(algorithm, id, "", envelope.key(), envelope.content());
            assertRefused(CryptoError.SEAL_BROKEN, () -> other.open(vault));
        }
        assertRefused(CryptoError.NOT_OFFERED, () -> Receiver.of(Algorithm.RSA_OAEP_AES_GCM, SM2.publicKey(), ""));
    }

    @Test
    void the_json_has_the_fields_agreed_on() throws IOException {
        JsonNode fields = new ObjectMapper()
                .readTree(PayloadEnvelope.seal(CONTENT, SM2.publicKey(), "k-1").json());
        assertThat(fields.fieldNames()).toIterable().containsExactly("alg", "kid", "key", "iv", "tag", "data");
        assertThat(fields.path("alg").asText()).isEqualTo("sm2-sm4-gcm");
        assertThat(fields.path("key").binaryValue()).hasSize(65 + 32 + 16).startsWith(4);
        assertThat(fields.path("iv").binaryValue()).hasSize(12);
        assertThat(fields.path("tag").binaryValue()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"alg\":\"none\",\"key\":\"\",\"iv\":\"\",\"tag\":\"\",\"data\":\"\"}",
                "{\"alg\":\"sm2-sm4-gcm\",\"key\":5,\"iv\":\"\",\"tag\":\"\",\"data\":\"\"}",
                "{\"alg\":\"sm2-sm4-gcm\",\"key\":\"*\",\"iv\":\"\",\"tag\":\"\",\"data\":\"\"}",
                "{\"alg\":\"sm2-sm4-gcm\",\"key\":\"AAAA\",\"iv\":\"\",\"tag\":\"\"}"
            })
    void what_is_no_envelope_is_refused(String json) {
        assertRefused(
                CryptoError.ENVELOPE_UNREADABLE, () -> PayloadEnvelope.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void an_empty_key_iv_or_tag_does_not_open() {
        String json =
                new String(PayloadEnvelope.seal(CONTENT, SM2.publicKey(), "k-1").json(), StandardCharsets.UTF_8);
        for (String field : new String[] {"key", "iv", "tag", "data"}) {
            byte[] changed = json.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"\"")
                    .getBytes(StandardCharsets.UTF_8);
            assertRefused(
                    CryptoError.SEAL_BROKEN, () -> PayloadEnvelope.read(changed).open(SM2));
        }
    }
}

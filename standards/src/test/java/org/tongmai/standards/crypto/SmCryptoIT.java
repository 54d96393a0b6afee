package org.tongmai.standards.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.caller.CallerCode;
import org.tongmai.standards.crypto.caller.CallerLanguage;

/** sm-crypto, which most callers in JavaScript use, signs and encrypts for us, and we for it. */
class SmCryptoIT {
    private static final HexFormat HEX = HexFormat.of();
    private static final String TEXT = "测试 text";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final byte[] SM4 = HEX.parseHex("0123456789abcdeffedcba9876543210");

    @TempDir
    private Path folder;

    private final Sm2PrivateKey key = Sm2PrivateKey.generate();

    @ParameterizedTest
    @ValueSource(strings = {"1234567812345678", "ALICE123@YAHOO.COM"})
    void signatures_verify_and_ciphertexts_open_both_ways(String userId) throws IOException {
        SignatureScheme raw = new SignatureScheme(userId, SignatureForm.RAW);
        SignatureScheme der = new SignatureScheme(userId, SignatureForm.DER);
        JsonNode theirs = ask(userId);
        assertThat(theirs.path("publicKey").asText())
                .isEqualTo(HEX.formatHex(key.publicKey().point()));
        assertThat(theirs.path("verifiesRaw").asBoolean()).isTrue();
        assertThat(theirs.path("verifiesDer").asBoolean()).isTrue();
        assertThat(theirs.path("verifiesOther").asBoolean()).isFalse();
        assertThat(key.publicKey().verifies(BYTES, hex(theirs, "raw"), raw)).isTrue();
        assertThat(key.publicKey().verifies(BYTES, hex(theirs, "der"), der)).isTrue();
        assertThat(theirs.path("opened132").asText()).isEqualTo(TEXT);
        assertThat(theirs.path("opened123").asText()).isEqualTo(TEXT);
        // It leaves out the first byte, 04.
        assertThat(key.decrypt(HEX.parseHex("04" + theirs.path("c1c3c2").asText()), CiphertextForm.C1C3C2))
                .isEqualTo(BYTES);
        assertThat(key.decrypt(HEX.parseHex("04" + theirs.path("c1c2c3").asText()), CiphertextForm.C1C2C3))
                .isEqualTo(BYTES);
    }

    @Test
    void hashes_codes_and_blocks_are_the_same() throws IOException {
        JsonNode theirs = ask(SignatureScheme.DEFAULT_USER_ID);
        assertThat(hex(theirs, "sm3")).isEqualTo(Sm3.digest(BYTES));
        assertThat(hex(theirs, "hmac")).isEqualTo(HmacSm3Key.of(SM4).sign(BYTES));
        assertThat(hex(theirs, "ecb")).isEqualTo(UnauthenticatedSm4.encryptEcb(SM4, BYTES));
        assertThat(hex(theirs, "cbc")).isEqualTo(UnauthenticatedSm4.encryptCbc(SM4, SM4, BYTES));
    }

    private JsonNode ask(String userId) throws IOException {
        OutsideProcess.assumeInstalled("npm", "Node.js 18 or later is needed, as for the console's pages");
        Map<String, String> packages = CallerCode.generate(CallerLanguage.JAVASCRIPT, "http://localhost", "test");
        for (String name : new String[] {"package.json", "package-lock.json"}) {
            Files.writeString(folder.resolve(name), packages.get(name));
        }
        OutsideProcess.run(folder, "npm", "ci", "--no-audit", "--no-fund").orFail();
        try (InputStream script = SmCryptoIT.class.getResourceAsStream("sm-crypto.mjs")) {
            Files.write(folder.resolve("sm-crypto.mjs"), script.readAllBytes());
        }
        SignatureScheme raw = new SignatureScheme(userId, SignatureForm.RAW);
        SignatureScheme der = new SignatureScheme(userId, SignatureForm.DER);
        Map<String, String> given = new java.util.HashMap<>();
        given.put("text", TEXT);
        given.put("userId", userId);
        given.put("privateKey", HEX.formatHex(key.number()));
        given.put("publicKey", HEX.formatHex(key.publicKey().point()));
        given.put("raw", HEX.formatHex(key.sign(BYTES, raw)));
        given.put("der", HEX.formatHex(key.sign(BYTES, der)));
        given.put("c1c3c2", encrypted(CiphertextForm.C1C3C2));
        given.put("c1c2c3", encrypted(CiphertextForm.C1C2C3));
        given.put("sm4Key", HEX.formatHex(SM4));
        given.put("iv", HEX.formatHex(SM4));
        ObjectMapper json = new ObjectMapper();
        Files.write(folder.resolve("given.json"), json.writeValueAsBytes(given));
        return json.readTree(OutsideProcess.run(folder, "node", "sm-crypto.mjs", "given.json")
                .orFail());
    }

    private String encrypted(CiphertextForm form) {
        return HEX.formatHex(key.publicKey().encrypt(BYTES, form)).substring(2);
    }

    private static byte[] hex(JsonNode fields, String name) {
        return HEX.parseHex(fields.path(name).asText());
    }
}

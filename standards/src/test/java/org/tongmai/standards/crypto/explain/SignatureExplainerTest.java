package org.tongmai.standards.crypto.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.request.SignedRequest;
import org.tongmai.standards.error.CodedException;

class SignatureExplainerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final String TEXT = "POST\n/bus/a\nname=%E5%BC%A0&b=2";
    private static final Charset GB18030 = Charset.forName("GB18030");

    private final Sm2PrivateKey key = Sm2PrivateKey.generate();

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvFileSource(resources = "texts.csv", numLinesToSkip = 1, emptyValue = "")
    void another_text_is_found(String causes, String ours, String signed) {
        byte[] signature = sign(signed.translateEscapes().getBytes(StandardCharsets.UTF_8), SignatureScheme.RAW);
        assertCauses(
                explain(ours.translateEscapes(), base64(signature)),
                causes.isEmpty() ? new String[0] : causes.split(" "));
    }

    @Test
    void another_charset_is_found() {
        String chinese = "name=张三";
        byte[] utf8 = chinese.getBytes(StandardCharsets.UTF_8);
        assertTextCause(chinese, chinese.getBytes(GB18030), "charset-gb18030");
        assertTextCause(chinese, chinese.getBytes(StandardCharsets.UTF_16LE), "charset-utf-16");
        assertTextCause(chinese, ("\uFEFF" + chinese).getBytes(StandardCharsets.UTF_8), "byte-order-mark");
        assertTextCause("\uFEFF" + chinese, utf8, "byte-order-mark");
        assertTextCause(
                chinese, new String(utf8, GB18030).getBytes(StandardCharsets.UTF_8), "charset-taken-for-gb18030");
        assertTextCause(chinese, Sm3.digest(utf8), "digest-signed");
    }

    private void assertTextCause(String ours, byte[] signed, String cause) {
        assertCauses(explain(ours, base64(sign(signed, SignatureScheme.RAW))), cause);
    }

    @Test
    void another_form_of_signature_is_found() {
        String text = TEXT;
        byte[] raw = sign(text, SignatureScheme.RAW);
        while (raw[0] >= 0) { // r begins with a bit 1, so that DER needs its leading 00
            text += "x";
            raw = sign(text, SignatureScheme.RAW);
        }
        byte[] r = Arrays.copyOf(raw, 32);
        byte[] s = Arrays.copyOfRange(raw, 32, 64);
        assertCauses(explain(text, HEX.formatHex(raw)));
        assertCauses(explain(text, base64(join(s, r))), "signature-r-s-swapped");
        assertCauses(explain(text, base64(join(reversed(r), reversed(s)))), "signature-byte-order");
        assertCauses(explain(text, base64(der(r, s))), "signature-der");
        byte[] bare = join(new byte[] {0x30, 68, 2, 32}, r, new byte[] {2, 32}, s);
        assertCauses(explain(text, base64(bare)), "signature-der-not-strict");
        assertCauses(explain(text, base64(join(new byte[1], r, new byte[1], s))), "signature-sign-byte");
        assertCauses(explain(text, base64(join(new byte[1], r, s))), "signature-sign-byte");
        assertCauses(
                explain(text, base64(HEX.formatHex(raw).getBytes(StandardCharsets.US_ASCII))),
                "signature-encoded-twice");
        assertCauses(explain(text, base64(der(s, r))), "signature-der", "signature-r-s-swapped");
    }

    private byte[] der(byte[] r, byte[] s) {
        byte[] first = new BigInteger(1, r).toByteArray();
        byte[] second = new BigInteger(1, s).toByteArray();
        int length = 4 + first.length + second.length;
        return join(
                new byte[] {0x30, (byte) length, 2, (byte) first.length},
                first,
                new byte[] {2, (byte) second.length},
                second);
    }

    @Test
    void a_signature_that_suffered_on_its_way_is_found() {
        String text = TEXT;
        String signature = base64(sign(text, SignatureScheme.RAW));
        while (signature.indexOf('+') < 1 || !signature.contains("/")) {
            text += "x";
            signature = base64(sign(text, SignatureScheme.RAW));
        }
        assertCauses(explain(text, signature.replace('+', ' ')), "signature-plus-lost");
        assertCauses(explain(text, signature.replace('+', '-').replace('/', '_')), "signature-url-safe");
        assertCauses(explain(text, URLEncoder.encode(signature, StandardCharsets.UTF_8)), "signature-percent-encoded");
    }

    @Test
    void leading_zeros_that_were_cut_are_found() {
        String text = TEXT;
        byte[] raw = sign(text, SignatureScheme.RAW);
        while (raw[0] != 0) {
            text += "x";
            raw = sign(text, SignatureScheme.RAW);
        }
        assertCauses(explain(text, base64(Arrays.copyOfRange(raw, 1, 64))), "signature-zeros-cut");
    }

    @Test
    void a_raw_signature_where_der_was_agreed_is_found() {
        ObjectNode fields = fields(TEXT, base64(sign(TEXT, SignatureScheme.RAW)));
        fields.put("form", "DER");
        assertCauses(explain(fields), "signature-raw");
        fields.put("signature", base64(sign(TEXT, SignatureScheme.DEFAULT)));
        assertCauses(explain(fields));
    }

    @Test
    void another_user_id_is_found() {
        byte[] other = sign(TEXT, new SignatureScheme("his-1", SignatureForm.RAW));
        ObjectNode fields = fields(TEXT, base64(other));
        assertThat(explain(fields).outcome()).isEqualTo(Explanation.Outcome.NOT_EXPLAINED);
        fields.putObject("theirs").put("userId", "his-1");
        assertCauses(explain(fields), "user-id-differs");
        assertCauses(explain(TEXT, base64(sign(TEXT, new SignatureScheme("", SignatureForm.RAW)))), "user-id-empty");
        ObjectNode agreed = fields(TEXT, base64(sign(TEXT, SignatureScheme.RAW)));
        ((ObjectNode) agreed.path("ours")).put("userId", "his-1");
        assertCauses(explain(agreed), "user-id-default");
        String hex = new String(HEX.parseHex("31323334"), StandardCharsets.US_ASCII);
        ObjectNode asHex = fields(TEXT, base64(sign(TEXT, new SignatureScheme(hex, SignatureForm.RAW))));
        ((ObjectNode) asHex.path("ours")).put("userId", "31323334");
        assertCauses(explain(asHex), "user-id-as-hex");
    }

    @Test
    void another_way_of_hashing_is_found() throws Exception {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        java.security.MessageDigest sha256 = java.security.MessageDigest.getInstance("SHA-256");
        assertCauses(explain(TEXT, signHash(Sm3.digest(bytes))), "hash-without-z");
        assertCauses(explain(TEXT, signHash(sha256.digest(bytes))), "hash-sha-256", "hash-without-z");
        sha256.update(key.publicKey().z(SignatureScheme.DEFAULT_USER_ID.getBytes(StandardCharsets.US_ASCII)));
        assertCauses(explain(TEXT, signHash(sha256.digest(bytes))), "hash-sha-256");
        assertCauses(explain(SignedRequest.NO_BODY, signHash(Sm3.digest(new byte[0]))), "hash-is-the-text");
    }

    /** r = e + x₁, s = (k − r d) / (1 + d): what signs a hash and knows no Z. */
    private String signHash(byte[] hash) {
        X9ECParameters curve = CustomNamedCurves.getByName("sm2p256v1");
        BigInteger n = curve.getN();
        BigInteger d = new BigInteger(1, key.number());
        BigInteger k = BigInteger.valueOf(4711);
        BigInteger x1 = curve.getG().multiply(k).normalize().getAffineXCoord().toBigInteger();
        BigInteger r = new BigInteger(1, hash).add(x1).mod(n);
        BigInteger s = k.subtract(r.multiply(d))
                .multiply(d.add(BigInteger.ONE).modInverse(n))
                .mod(n);
        return base64(join(BigIntegers.asUnsignedByteArray(32, r), BigIntegers.asUnsignedByteArray(32, s)));
    }

    @Test
    void another_key_or_form_of_key_is_found() {
        String signature = base64(sign(TEXT, SignatureScheme.RAW));
        byte[] point = key.publicKey().point();
        byte[] x = Arrays.copyOfRange(point, 1, 33);
        byte[] y = Arrays.copyOfRange(point, 33, 65);
        assertCauses(
                explain(withKey(signature, HEX.formatHex(join(new byte[] {4}, reversed(x), reversed(y))))),
                "key-byte-order");
        assertCauses(explain(withKey(signature, HEX.formatHex(join(y, x)))), "key-x-y-swapped");
        assertCauses(explain(withKey(signature, HEX.formatHex(key.number()))), "key-is-private");
        assertNoticed(explain(withKey(signature, HEX.formatHex(join(x, y)))), "key-without-04");
        assertNoticed(explain(withKey(signature, base64(key.publicKey().compressedPoint()))), "key-compressed");
        assertNoticed(explain(withKey(signature, "no key")), "key-unreadable");
        ObjectNode fields =
                withKey(signature, PemKeys.write(Sm2PrivateKey.generate().publicKey()));
        assertThat(explain(fields).outcome()).isEqualTo(Explanation.Outcome.NOT_EXPLAINED);
        fields.putObject("theirs").put("publicKey", HEX.formatHex(point));
        assertCauses(explain(fields), "key-differs");
    }

    private ObjectNode withKey(String signature, String publicKey) {
        ObjectNode fields = fields(TEXT, signature);
        ((ObjectNode) fields.path("ours")).put("publicKey", publicKey);
        return fields;
    }

    private static void assertNoticed(Explanation explanation, String code) {
        assertThat(explanation.findings()).extracting(Finding::code).contains(code);
    }

    @Test
    void what_they_signed_is_tried_and_compared() {
        String theirs = "a=1&c=3&b=9";
        ObjectNode fields = fields("b=2&a=1&d=4", base64(sign(theirs, SignatureScheme.RAW)));
        fields.putObject("theirs").put("text", theirs);
        Explanation explanation = explain(fields);
        assertCauses(explanation, "text-differs");
        assertThat(explanation.findings())
                .filteredOn(finding -> finding.role() == Finding.Role.NOTICED)
                .extracting(finding -> finding.code() + " " + finding.detail())
                .containsExactly(
                        "text-differs byte 1, line 1, column 1: ours 62, theirs 61; 11 and 11 bytes",
                        "parameter-differs b",
                        "parameter-missing d",
                        "parameter-extra c",
                        "parameter-order 1: ours b, theirs a");
    }

    @Test
    void what_is_no_name_of_a_parameter_is_numbered_and_not_shown() {
        String ours = "{\"name\":\"张三\",\"note\":\"a=1\"}&b=2&\"李四\"=5";
        String theirs = "b=3&{\"name\":\"王五\",\"note\":\"a=1\"}&\"李四\"=6";
        ObjectNode fields = fields(ours, base64(sign(theirs, SignatureScheme.RAW)));
        fields.putObject("theirs").put("text", theirs);
        Explanation explanation = explain(fields);
        assertThat(explanation.findings())
                .extracting(finding -> finding.code() + " " + finding.detail())
                .contains(
                        "parameter-missing number 1",
                        "parameter-differs b",
                        "parameter-differs number 3",
                        "parameter-extra number 2");
        assertThat(explanation.toString()).doesNotContain("name\"", "张三", "李四", "王五");
    }

    @Test
    void a_case_shows_neither_texts_nor_keys() {
        SignatureCase known =
                SignatureCase.read(fields("name=张三", "MEUCIQ").toString().getBytes(StandardCharsets.UTF_8));
        assertThat(known).hasToString("SignatureCase[RAW, ours Side[11 bytes], theirs Side[no text]]");
    }

    @Test
    void three_causes_together_are_found_and_nothing_for_nonsense() {
        String chinese = "name=张三\nb=2";
        byte[] signed = chinese.replace("\n", "\r\n").getBytes(GB18030);
        byte[] signature = sign(signed, new SignatureScheme("", SignatureForm.RAW));
        assertCauses(explain(chinese, base64(signature)), "line-end-crlf", "charset-gb18030", "user-id-empty");
        assertThat(explain(chinese, base64(new byte[64])).outcome()).isEqualTo(Explanation.Outcome.NOT_EXPLAINED);
        assertNoticed(explain(chinese, "no signature"), "signature-unreadable");
        assertNoticed(explain(chinese, "%zz"), "signature-unreadable");
    }

    @Test
    void a_text_too_long_to_be_tried_in_all_ways_is_refused() throws IOException {
        byte[] json = JSON.writeValueAsBytes(fields("a".repeat(SignatureCase.LONGEST_TEXT + 1), "AAAA"));
        assertThatThrownBy(() -> SignatureCase.read(json))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(CryptoError.CASE_UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"signature\":\"AAAA\"}"})
    void what_is_no_case_is_refused(String json) {
        assertThatThrownBy(() -> SignatureCase.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(CryptoError.CASE_UNREADABLE));
    }

    @Test
    void every_finding_has_its_texts_in_two_languages() {
        assertThat(FindingTexts.load().values()).hasSizeGreaterThan(50).allSatisfy(row -> assertThat(
                        List.of(row.titleEn(), row.titleZh(), row.remedyEn(), row.remedyZh()))
                .doesNotContain(""));
    }

    private Explanation explain(String ours, String signature) {
        return explain(fields(ours, signature));
    }

    private ObjectNode fields(String ours, String signature) {
        ObjectNode fields = JSON.createObjectNode().put("signature", signature);
        fields.putObject("ours").put("text", ours).put("publicKey", PemKeys.write(key.publicKey()));
        return fields;
    }

    private static Explanation explain(ObjectNode fields) {
        try {
            return SignatureExplainer.explain(SignatureCase.read(JSON.writeValueAsBytes(fields)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCauses(Explanation explanation, String... codes) {
        assertThat(explanation.causes()).extracting(Finding::code).containsExactlyInAnyOrder(codes);
        assertThat(explanation.outcome())
                .isEqualTo(codes.length == 0 ? Explanation.Outcome.AS_AGREED : Explanation.Outcome.EXPLAINED);
        assertThat(explanation.findings()).allSatisfy(finding -> {
            assertThat(finding.title("zh")).isNotEqualTo(finding.title("en"));
            assertThat(finding.remedy("zh")).isNotEqualTo(finding.remedy("en"));
        });
    }

    private byte[] sign(String text, SignatureScheme scheme) {
        return sign(text.getBytes(StandardCharsets.UTF_8), scheme);
    }

    private byte[] sign(byte[] text, SignatureScheme scheme) {
        return key.sign(text, scheme);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] reversed(byte[] bytes) {
        return org.bouncycastle.util.Arrays.reverse(bytes);
    }

    private static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

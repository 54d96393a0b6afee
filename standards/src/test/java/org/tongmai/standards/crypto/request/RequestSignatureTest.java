package org.tongmai.standards.crypto.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Signer;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.error.CodedException;

class RequestSignatureTest {
    private static final byte[] BODY = "{\"name\":\"测试\"}".getBytes(StandardCharsets.UTF_8);

    private static SignedRequest request(String query) {
        return new SignedRequest("POST", "/bus/a%20b", query, Sm3.hex(BODY), "his-1", 1767240000000L, "n-1");
    }

    @Test
    void the_string_to_sign_has_seven_lines() {
        assertThat(request("b=2&a=1").canonicalString())
                .isEqualTo("POST\n/bus/a%20b\na=1&b=2\n" + Sm3.hex(BODY) + "\nhis-1\n1767240000000\nn-1");
        assertThat(SignedRequest.NO_BODY).isEqualTo(Sm3.hex(new byte[0]));
    }

    @ParameterizedTest(name = "{2}")
    @CsvFileSource(
            resources = "/org/tongmai/standards/crypto/request/canonical-queries.csv",
            numLinesToSkip = 1,
            quoteCharacter = '"',
            emptyValue = "")
    void a_query_has_one_canonical_form(String sent, String canonical, String why) {
        String expected = canonical.equals("''") ? "" : canonical;
        String query = sent.equals("''") ? "" : sent;
        assertThat(request(query).canonicalString().split("\n", -1)[2]).isEqualTo(expected);
        assertThat(request(expected).canonicalString().split("\n", -1)[2])
                .as("of the canonical form")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%4&b=1", "a=中", "a=\u0000", "a=b c\n"})
    void a_query_nobody_can_send_is_refused(String query) {
        SignedRequest request = request(query.replace('\n', '\u0001'));
        assertRefused(request::canonicalString);
    }

    @Test
    void what_could_pass_for_another_line_is_refused() {
        assertRefused(() -> new SignedRequest("GET", "/a\nb", "", SignedRequest.NO_BODY, "app", 1, "n"));
        assertRefused(() -> new SignedRequest("GET", "/a", "", SignedRequest.NO_BODY, "app\n1", 1, "n"));
        assertRefused(() -> new SignedRequest("GET", "/a", "", SignedRequest.NO_BODY, "app", 1, ""));
        assertRefused(() -> new SignedRequest("GET", "/a", "", SignedRequest.NO_BODY, "app", 1, "n".repeat(129)));
        assertRefused(() -> new SignedRequest("GET", "/a", "", "66c7", "app", 1, "n"));
        assertRefused(() -> new SignedRequest("GET", "/a", "", SignedRequest.NO_BODY, "app", -1, "n"));
    }

    @Test
    @Timeout(20) // a minute and more, were each name searched for its value to the end of the query
    void a_query_of_names_without_values_costs_what_its_length_costs() {
        int many = 500_000;
        String name = "n".repeat(31);
        String canonical = request((name + "&").repeat(many)).canonicalString().split("\n", -1)[2];
        assertThat(canonical).hasSize((name.length() + 2) * many - 1).startsWith(name + "=&" + name + "=&");
    }

    @Test
    void a_request_shows_neither_path_nor_query_nor_nonce() {
        assertThat(request("patient=1")).hasToString("SignedRequest[POST of his-1]");
    }

    @Test
    void a_signature_covers_every_part() {
        Sm2PrivateKey key = Sm2PrivateKey.generate();
        provesEveryPart(key.signer(SignatureScheme.RAW), key.publicKey().verifier(SignatureScheme.RAW));
        provesEveryPart(key.signer(SignatureScheme.DEFAULT), key.publicKey().verifier(SignatureScheme.DEFAULT));
        HmacSm3Key shared = HmacSm3Key.generate();
        provesEveryPart(shared, shared);
    }

    private static void provesEveryPart(Signer signer, Verifier verifier) {
        SignedRequest request = request("a=1");
        String signature = RequestSignature.sign(request, signer);
        assertThat(RequestSignature.verifies(request("a=%31"), signature, verifier))
                .isTrue();
        String empty = SignedRequest.NO_BODY;
        for (SignedRequest other : new SignedRequest[] {
            new SignedRequest("PUT", request.path(), "a=1", request.bodyHash(), "his-1", 1767240000000L, "n-1"),
            new SignedRequest(
                    "POST", "/bus/a b".replace(' ', '+'), "a=1", request.bodyHash(), "his-1", 1767240000000L, "n-1"),
            request("a=2"),
            new SignedRequest("POST", request.path(), "a=1", empty, "his-1", 1767240000000L, "n-1"),
            new SignedRequest("POST", request.path(), "a=1", request.bodyHash(), "his-2", 1767240000000L, "n-1"),
            new SignedRequest("POST", request.path(), "a=1", request.bodyHash(), "his-1", 1767240000001L, "n-1"),
            new SignedRequest("POST", request.path(), "a=1", request.bodyHash(), "his-1", 1767240000000L, "n-2")
        }) {
            assertThat(RequestSignature.verifies(other, signature, verifier))
                    .as(other.canonicalString())
                    .isFalse();
        }
    }

    @Test
    void what_is_no_signature_does_not_verify() {
        Verifier verifier = Sm2PrivateKey.generate().publicKey().verifier(SignatureScheme.RAW);
        String zeros = Base64.getEncoder().encodeToString(new byte[64]);
        for (String nonsense : new String[] {"", "*", "AAAA", "Ā", zeros, zeros + zeros, zeros.substring(1)}) {
            assertThat(RequestSignature.verifies(request(""), nonsense, verifier))
                    .as(nonsense)
                    .isFalse();
        }
    }

    @Test
    void profiles_are_found_by_what_the_header_says() {
        assertThat(SignatureProfile.of("sm2-sm3")).contains(SignatureProfile.SM2_SM3);
        assertThat(SignatureProfile.of("SM2-SM3")).isEmpty();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.code())
                .isEqualTo(CryptoError.REQUEST_NOT_CANONICAL));
    }
}

package org.tongmai.standards.crypto.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.Sm2PrivateKey;

class CiphertextExplainerTest {
    private static final HexFormat HEX = HexFormat.of();
    private final Sm2PrivateKey key = Sm2PrivateKey.generate();

    @Test
    void the_form_a_ciphertext_came_in_is_found() {
        for (CiphertextForm form : CiphertextForm.values()) {
            byte[] ciphertext = key.publicKey().encrypt(new byte[20], form);
            for (CiphertextForm agreed : CiphertextForm.values()) {
                Explanation explanation = CiphertextExplainer.explain(HEX.formatHex(ciphertext), agreed, key);
                if (form == agreed) {
                    assertThat(explanation.outcome()).isEqualTo(Explanation.Outcome.AS_AGREED);
                } else {
                    assertThat(explanation.causes())
                            .extracting(Finding::code)
                            .containsExactly("ciphertext-" + form.name().toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
    }

    @Test
    void a_first_byte_that_a_library_left_out_is_found() {
        String ciphertext = HEX.formatHex(key.publicKey().encrypt(new byte[20], CiphertextForm.C1C2C3))
                .substring(2);
        Explanation explanation = CiphertextExplainer.explain(ciphertext, CiphertextForm.C1C3C2, key);
        assertThat(explanation.causes())
                .extracting(Finding::code)
                .containsExactly("ciphertext-c1c2c3", "ciphertext-without-04");
        assertThat(explanation.causes())
                .allSatisfy(cause -> assertThat(cause.remedy("en")).isNotEmpty());
    }

    @Test
    void nonsense_and_another_keys_ciphertext_are_not_explained() {
        String other = Base64.getEncoder()
                .encodeToString(Sm2PrivateKey.generate().publicKey().encrypt(new byte[9], CiphertextForm.DER));
        for (String ciphertext : new String[] {other, "", "no ciphertext!", "00"}) {
            assertThat(CiphertextExplainer.explain(ciphertext, CiphertextForm.DER, key)
                            .outcome())
                    .isEqualTo(Explanation.Outcome.NOT_EXPLAINED);
        }
    }
}

package org.tongmai.standards.crypto.explain;

import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.Arrays;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.CodedException;

/** Says in what form an SM2 ciphertext came that was not opened. */
public final class CiphertextExplainer {
    private static final byte UNCOMPRESSED = 4;

    private CiphertextExplainer() {}

    /**
     * @param ciphertext in hexadecimal digits or Base64
     * @param agreed the form it should have
     */
    public static Explanation explain(String ciphertext, CiphertextForm agreed, Sm2PrivateKey key) {
        Optional<byte[]> bytes = Sm2KeyText.bytes(ciphertext);
        if (bytes.isEmpty()) {
            return new Explanation(
                    Explanation.Outcome.NOT_EXPLAINED, List.of(Finding.noticed("ciphertext-unreadable", "")));
        }
        if (opens(bytes.get(), agreed, key)) {
            return new Explanation(Explanation.Outcome.AS_AGREED, List.of());
        }
        byte[] prefixed = Arrays.prepend(bytes.get(), UNCOMPRESSED);
        for (CiphertextForm form : CiphertextForm.values()) {
            Candidate<byte[]> asIs = Candidate.agreed(bytes.get());
            String code = "ciphertext-" + form.name().toLowerCase(java.util.Locale.ROOT);
            Candidate<byte[]> otherForm = form == agreed ? asIs : asIs.with(asIs.value(), code);
            for (Candidate<byte[]> candidate : List.of(otherForm, otherForm.with(prefixed, "ciphertext-without-04"))) {
                if (opens(candidate.value(), form, key)) {
                    return new Explanation(
                            Explanation.Outcome.EXPLAINED,
                            candidate.codes().stream()
                                    .map(cause -> new Finding(cause, Finding.Role.CAUSE, ""))
                                    .toList());
                }
            }
        }
        return new Explanation(Explanation.Outcome.NOT_EXPLAINED, List.of(Finding.noticed("nothing-opens", "")));
    }

    private static boolean opens(byte[] ciphertext, CiphertextForm form, Sm2PrivateKey key) {
        try {
            byte[] content = key.decrypt(ciphertext, form);
            Arrays.fill(content, (byte) 0);
            return true;
        } catch (CodedException doesNotOpen) {
            return false;
        }
    }
}

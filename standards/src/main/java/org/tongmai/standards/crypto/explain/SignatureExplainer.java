package org.tongmai.standards.crypto.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tongmai.standards.crypto.SignatureScheme;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.Sm2PublicKey;

/**
 * Says why an SM2 signature does not verify. It tries: our text and theirs, each in the ways {@link TextForms} knows;
 * user ids; keys; forms of signature; ways of hashing. What needs the fewest changes is tried first, up to three of
 * them together. Some thousands of verifications, a second at most: for people, not for every call.
 */
public final class SignatureExplainer {
    private static final int MOST_DEVIATIONS = 3;

    private final List<Candidate<byte[]>> texts;
    private final List<Candidate<byte[]>> userIds;
    private final List<Candidate<Sm2PublicKey>> keys;
    private final List<Candidate<byte[]>> signatures;
    private final List<Candidate<HashForm>> hashes =
            Arrays.stream(HashForm.values()).map(HashForm::candidate).toList();

    private SignatureExplainer(SignatureCase known) {
        byte[] ours = known.ours().text().orElseThrow();
        this.texts = new ArrayList<>(TextForms.of(Candidate.agreed(ours)));
        known.theirs()
                .text()
                .filter(theirs -> !Arrays.equals(theirs, ours))
                .ifPresent(theirs ->
                        texts.addAll(TextForms.of(Candidate.agreed(ours).with(theirs, "text-differs"))));
        this.userIds = userIds(known);
        this.keys = KeyForms.of(
                known.ours().publicKey().orElseThrow(), known.theirs().publicKey());
        this.signatures = new SignatureForms(known.form()).of(known.signature());
    }

    public static Explanation explain(SignatureCase known) {
        SignatureExplainer explainer = new SignatureExplainer(known);
        Optional<Set<String>> causes = explainer.search();
        List<Finding> findings = new ArrayList<>();
        causes.ifPresent(codes -> codes.forEach(code -> findings.add(new Finding(code, Finding.Role.CAUSE, ""))));
        if (explainer.keys.isEmpty()) {
            findings.add(Finding.noticed("key-unreadable", ""));
        }
        if (explainer.signatures.isEmpty()) {
            findings.add(Finding.noticed("signature-unreadable", ""));
        }
        findings.addAll(KeyForms.notices(known.ours().publicKey().orElseThrow()));
        known.theirs()
                .text()
                .ifPresent(theirs ->
                        findings.addAll(TextComparison.of(known.ours().text().orElseThrow(), theirs)));
        if (causes.isEmpty()) {
            findings.add(Finding.noticed("nothing-fits", ""));
            return new Explanation(Explanation.Outcome.NOT_EXPLAINED, findings);
        }
        boolean agreed = causes.get().isEmpty();
        return new Explanation(agreed ? Explanation.Outcome.AS_AGREED : Explanation.Outcome.EXPLAINED, findings);
    }

    private static List<Candidate<byte[]>> userIds(SignatureCase known) {
        Candidate<byte[]> ours = Candidate.agreed(known.userId().getBytes(StandardCharsets.UTF_8));
        List<Candidate<byte[]>> all = new ArrayList<>(List.of(ours));
        known.theirs().userId().ifPresent(id -> add(all, ours, id.getBytes(StandardCharsets.UTF_8), "user-id-differs"));
        add(all, ours, SignatureScheme.DEFAULT_USER_ID.getBytes(StandardCharsets.US_ASCII), "user-id-default");
        add(all, ours, new byte[0], "user-id-empty");
        Sm2KeyText.bytes(known.userId()).ifPresent(bytes -> add(all, ours, bytes, "user-id-as-hex"));
        return all;
    }

    private static void add(List<Candidate<byte[]>> all, Candidate<byte[]> ours, byte[] id, String code) {
        if (all.stream().noneMatch(known -> Arrays.equals(known.value(), id))) {
            all.add(ours.with(id, code));
        }
    }

    private Optional<Set<String>> search() {
        for (int deviations = 0; deviations <= MOST_DEVIATIONS; deviations++) {
            for (Candidate<HashForm> hash : hashes) {
                for (Candidate<Sm2PublicKey> key : keys) {
                    for (Candidate<byte[]> userId : userIds) {
                        int left = deviations - hash.deviations() - key.deviations() - userId.deviations();
                        Optional<List<String>> found = left < 0 ? Optional.empty() : search(hash, key, userId, left);
                        if (found.isPresent()) {
                            Set<String> codes = new LinkedHashSet<>(found.get());
                            codes.addAll(userId.codes());
                            codes.addAll(key.codes());
                            codes.addAll(hash.codes());
                            return Optional.of(codes);
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Tries the texts and signatures that together are this many deviations away. */
    private Optional<List<String>> search(
            Candidate<HashForm> hash, Candidate<Sm2PublicKey> key, Candidate<byte[]> userId, int deviations) {
        for (Candidate<byte[]> text : texts) {
            if (text.deviations() > deviations) {
                continue;
            }
            Optional<byte[]> e = hash.value().hash(key.value(), userId.value(), text.value());
            for (Candidate<byte[]> signature : signatures) {
                if (e.isPresent()
                        && text.deviations() + signature.deviations() == deviations
                        && key.value().verifiesHash(e.get(), signature.value())) {
                    List<String> codes = new ArrayList<>(text.codes());
                    codes.addAll(signature.codes());
                    return Optional.of(codes);
                }
            }
        }
        return Optional.empty();
    }
}

package org.tongmai.standards.crypto.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.Arrays;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.crypto.Sm2PublicKey;
import org.tongmai.standards.error.CodedException;

/** Whose public keys a text may hold. */
final class KeyForms {
    private static final int NUMBER = 32;
    private static final int POINT = 1 + 2 * NUMBER;
    private static final byte UNCOMPRESSED = 4;

    private KeyForms() {}

    /** Our key first; theirs where it is another. Empty where neither can be read. */
    static List<Candidate<Sm2PublicKey>> of(String ours, Optional<String> theirs) {
        List<Candidate<Sm2PublicKey>> all = new ArrayList<>(read(ours));
        theirs.map(KeyForms::read).orElse(List.of()).stream()
                .filter(candidate ->
                        all.stream().noneMatch(known -> known.value().equals(candidate.value())))
                .forEach(candidate -> all.add(candidate.with(candidate.value(), "key-differs")));
        return all;
    }

    private static List<Candidate<Sm2PublicKey>> read(String text) {
        List<Candidate<Sm2PublicKey>> all = new ArrayList<>();
        attempt(() -> Sm2KeyText.readPublic(text)).ifPresent(key -> all.add(Candidate.agreed(key)));
        if (all.isEmpty()) {
            attempt(() -> Sm2KeyText.readPrivate(text, new char[0]))
                    .map(Sm2PrivateKey::publicKey)
                    .ifPresent(key -> all.add(Candidate.agreed(key).with(key, "key-is-private")));
        }
        if (all.isEmpty()) {
            Sm2KeyText.bytes(text).flatMap(KeyForms::otherOrder).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<Candidate<Sm2PublicKey>> otherOrder(byte[] bytes) {
        if (bytes.length != POINT && bytes.length != POINT - 1) {
            return Optional.empty();
        }
        byte[] x = Arrays.copyOfRange(bytes, bytes.length - 2 * NUMBER, bytes.length - NUMBER);
        byte[] y = Arrays.copyOfRange(bytes, bytes.length - NUMBER, bytes.length);
        Optional<Sm2PublicKey> reversed =
                attempt(() -> Sm2PublicKey.ofPoint(point(Arrays.reverse(x), Arrays.reverse(y))));
        if (reversed.isPresent()) {
            return reversed.map(key -> Candidate.agreed(key).with(key, "key-byte-order"));
        }
        return attempt(() -> Sm2PublicKey.ofPoint(point(y, x)))
                .map(key -> Candidate.agreed(key).with(key, "key-x-y-swapped"));
    }

    private static byte[] point(byte[] x, byte[] y) {
        return Arrays.prepend(Arrays.concatenate(x, y), UNCOMPRESSED);
    }

    /** What is unusual about how a readable key is written. */
    static List<Finding> notices(String text) {
        if (text.contains("-----BEGIN")) {
            return List.of();
        }
        int length = Sm2KeyText.bytes(text).map(bytes -> bytes.length).orElse(0);
        if (length == POINT - 1) {
            return List.of(Finding.noticed("key-without-04", length + " bytes"));
        }
        return length == 1 + NUMBER ? List.of(Finding.noticed("key-compressed", length + " bytes")) : List.of();
    }

    private static <T> Optional<T> attempt(java.util.function.Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (CodedException notThisForm) {
            return Optional.empty();
        }
    }
}

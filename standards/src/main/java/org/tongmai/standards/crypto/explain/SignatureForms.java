package org.tongmai.standards.crypto.explain;

import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;
import org.tongmai.standards.crypto.SignatureForm;
import org.tongmai.standards.crypto.Sm2KeyText;

/** What r and s a signature that came as text may hold; each as r ‖ s of 64 bytes. */
final class SignatureForms {
    private static final int NUMBER = 32;
    private static final int RAW = 2 * NUMBER;
    private static final int LONGEST_INTEGER = 40;
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 2;

    private final SignatureForm agreed;

    SignatureForms(SignatureForm agreed) {
        this.agreed = agreed;
    }

    List<Candidate<byte[]>> of(String text) {
        List<Candidate<byte[]>> numbers = new ArrayList<>();
        for (Candidate<byte[]> bytes : decoded(text)) {
            numbers.addAll(split(bytes));
        }
        List<Candidate<byte[]>> all = new ArrayList<>(numbers);
        for (Candidate<byte[]> candidate : numbers) {
            byte[] rs = candidate.value();
            byte[] r = Arrays.copyOf(rs, NUMBER);
            byte[] s = Arrays.copyOfRange(rs, NUMBER, RAW);
            all.add(candidate.with(Arrays.concatenate(s, r), "signature-r-s-swapped"));
            all.add(candidate.with(Arrays.concatenate(Arrays.reverse(r), Arrays.reverse(s)), "signature-byte-order"));
        }
        return all;
    }

    private static List<Candidate<byte[]>> decoded(String text) {
        List<Candidate<byte[]>> all = new ArrayList<>();
        String trimmed = text.strip();
        if (trimmed.contains("%")) {
            try {
                String plain = URLDecoder.decode(trimmed.replace("+", "%2B"), StandardCharsets.UTF_8);
                bytes(plain).ifPresent(b -> all.add(Candidate.agreed(b).with(b, "signature-percent-encoded")));
            } catch (IllegalArgumentException e) {
                return all; // not percent-encoded after all, and % is in no other encoding
            }
            return all;
        }
        if (trimmed.contains(" ")) {
            bytes(trimmed.replace(' ', '+'))
                    .ifPresent(b -> all.add(Candidate.agreed(b).with(b, "signature-plus-lost")));
        }
        bytes(trimmed).ifPresent(b -> {
            boolean urlSafe = trimmed.contains("-") || trimmed.contains("_");
            all.add(urlSafe ? Candidate.agreed(b).with(b, "signature-url-safe") : Candidate.agreed(b));
            bytes(new String(b, StandardCharsets.ISO_8859_1))
                    .filter(inner -> inner.length >= RAW - 2)
                    .ifPresent(inner -> all.add(Candidate.agreed(b).with(inner, "signature-encoded-twice")));
        });
        return all;
    }

    private static Optional<byte[]> bytes(String text) {
        return Sm2KeyText.bytes(text);
    }

    private List<Candidate<byte[]>> split(Candidate<byte[]> candidate) {
        byte[] bytes = candidate.value();
        List<Candidate<byte[]>> all = new ArrayList<>();
        if (bytes.length == RAW) {
            all.add(agreed == SignatureForm.RAW ? candidate : candidate.with(bytes, "signature-raw"));
        }
        der(bytes).ifPresent(numbers -> {
            Optional<byte[]> rs = numbers(numbers.get(0), numbers.get(1));
            boolean strict = isStrict(bytes, numbers);
            rs.ifPresent(value -> {
                if (!strict) {
                    all.add(candidate.with(value, "signature-der-not-strict"));
                } else {
                    all.add(
                            agreed == SignatureForm.DER
                                    ? candidate.same(value)
                                    : candidate.with(value, "signature-der"));
                }
            });
        });
        for (int first = NUMBER - 1; first <= NUMBER + 1; first++) {
            int second = bytes.length - first;
            if (bytes.length != RAW && second >= NUMBER - 1 && second <= NUMBER + 1) {
                byte[] r = Arrays.copyOf(bytes, first);
                byte[] s = Arrays.copyOfRange(bytes, first, bytes.length);
                numbers(r, s)
                        .ifPresent(rs -> all.add(candidate.with(
                                rs, bytes.length > RAW ? "signature-sign-byte" : "signature-zeros-cut")));
            }
        }
        return all;
    }

    /** The two integers of a sequence, whatever their length and whether or not the form is strict. */
    private static Optional<List<byte[]>> der(byte[] bytes) {
        if (bytes.length < 8 || bytes[0] != SEQUENCE) {
            return Optional.empty();
        }
        int at = bytes[1] < 0 ? 2 + (bytes[1] & 0x7F) : 2;
        List<byte[]> numbers = new ArrayList<>();
        while (numbers.size() < 2) {
            if (at + 2 > bytes.length || bytes[at] != INTEGER) {
                return Optional.empty();
            }
            int length = bytes[at + 1];
            if (length <= 0 || length > LONGEST_INTEGER || at + 2 + length > bytes.length) {
                return Optional.empty();
            }
            numbers.add(Arrays.copyOfRange(bytes, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return Optional.of(numbers);
    }

    private static boolean isStrict(byte[] bytes, List<byte[]> numbers) {
        int content = 0;
        for (byte[] number : numbers) {
            boolean minimal = Arrays.areEqual(new BigInteger(1, number).toByteArray(), number);
            if (!minimal) {
                return false;
            }
            content += 2 + number.length;
        }
        return bytes.length == content + 2 && bytes[1] == content;
    }

    private static Optional<byte[]> numbers(byte[] r, byte[] s) {
        BigInteger first = new BigInteger(1, r);
        BigInteger second = new BigInteger(1, s);
        return Math.max(first.bitLength(), second.bitLength()) > Byte.SIZE * NUMBER
                ? Optional.empty()
                : Optional.of(Arrays.concatenate(
                        BigIntegers.asUnsignedByteArray(NUMBER, first),
                        BigIntegers.asUnsignedByteArray(NUMBER, second)));
    }
}

package org.tongmai.console.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks for secrets in bytes of any kind: as they are, in hexadecimal digits, in Base64 (also in the middle of something
 * longer) and as URLs and JSON write them; in what is packed (ZIP, gzip, deflated blocks of the audit log) too. What is
 * looked for to prove that a place was looked into is a witness.
 */
final class SecretSearch {
    private static final int SHORTEST = 8;
    private static final int FILTER_BITS = 22;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Map<Long, List<Form>> forms = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final Map<String, Set<String>> secretsFound = new TreeMap<>();
    private final Map<String, Set<String>> witnessesFound = new TreeMap<>();
    private final Set<String> secrets = new TreeSet<>();

    /** One way to write one secret. */
    private record Form(String name, boolean secret, byte[] bytes) {}

    /** A text nobody may find: a password, a code, a token. */
    void secret(String name, String text) {
        secret(name, text.getBytes(StandardCharsets.UTF_8));
        form(name, true, URLEncoder.encode(text, StandardCharsets.UTF_8));
        form(name, true, text.replace("\"", "\\\"").replace("\n", "\\n"));
    }

    /** Bytes nobody may find: a key. */
    void secret(String name, byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be told from other things");
        }
        secrets.add(name);
        form(name, true, bytes);
        form(name, true, HexFormat.of().formatHex(bytes));
        form(name, true, HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            form(name, true, base64(bytes, before));
            form(name, true, base64(bytes, before).replace('+', '-').replace('/', '_'));
        }
    }

    /** A text that is no secret and must be found. */
    void witness(String name, String text) {
        form(name, false, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digits that are the same whatever stands around, where so many bytes modulo three stand before. */
    private static String base64(byte[] bytes, int before) {
        byte[] shifted = ByteBuffer.allocate(before + bytes.length)
                .position(before)
                .put(bytes)
                .array();
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return digits.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private void form(String name, boolean secret, String text) {
        form(name, secret, text.getBytes(StandardCharsets.UTF_8));
    }

    private void form(String name, boolean secret, byte[] bytes) {
        if (bytes.length < SHORTEST) {
            throw new IllegalArgumentException(name + " is too short to be told from other things");
        }
        long head = ByteBuffer.wrap(bytes).getLong();
        filter.set(place(head));
        List<Form> same = forms.computeIfAbsent(head, first -> new ArrayList<>());
        if (same.stream().noneMatch(form -> Arrays.equals(form.bytes(), bytes))) {
            same.add(new Form(name, secret, bytes));
        }
    }

    private static int place(long head) {
        return (int) (head * SPREAD >>> (Long.SIZE - FILTER_BITS));
    }

    /** What is looked for, by name. */
    Set<String> secrets() {
        return secrets;
    }

    /** Places by the secret that was found there. */
    Map<String, Set<String>> secretsFound() {
        return secretsFound;
    }

    /** Places by the witness that was found there. */
    Map<String, Set<String>> witnessesFound() {
        return witnessesFound;
    }

    void look(String where, byte[] content) {
        look(content, form -> found(where, form));
        try {
            unpack(where, content);
        } catch (IOException notPacked) {
            return; // it only began like something packed, and was looked at as it is
        }
    }

    private void found(String where, Form form) {
        (form.secret() ? secretsFound : witnessesFound)
                .computeIfAbsent(form.name(), first -> new TreeSet<>())
                .add(where);
    }

    private void look(byte[] content, Consumer<Form> found) {
        long window = 0;
        for (int i = 0; i < content.length; i++) {
            window = window << Byte.SIZE | content[i] & 0xff;
            if (i >= Long.BYTES - 1 && filter.get(place(window))) {
                int start = i - Long.BYTES + 1;
                for (Form form : forms.getOrDefault(window, List.of())) {
                    int end = start + form.bytes().length;
                    if (end <= content.length
                            && Arrays.equals(content, start, end, form.bytes(), 0, form.bytes().length)) {
                        found.accept(form);
                    }
                }
            }
        }
    }

    private void unpack(String where, byte[] content) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(content);
        if (startsWith(content, 'P', 'K', 3, 4)) {
            try (ZipInputStream zip = new ZipInputStream(in)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    look(where + "!" + entry.getName(), zip.readAllBytes());
                }
            }
        } else if (startsWith(content, 0x1f, 0x8b)) {
            look(where + "!", new GZIPInputStream(in).readAllBytes());
        } else if (startsWith(content, 1)) {
            // docs/decisions/0015: a 1, then the records, deflated
            look(where + "!", inflated(content));
        }
    }

    private static byte[] inflated(byte[] content) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(content, 1, content.length - 1), new Inflater(true))) {
            in.transferTo(plain);
        }
        return plain.toByteArray();
    }

    private static boolean startsWith(byte[] content, int... begin) {
        if (content.length <= begin.length) {
            return false;
        }
        for (int i = 0; i < begin.length; i++) {
            if ((content[i] & 0xff) != begin[i]) {
                return false;
            }
        }
        return true;
    }
}

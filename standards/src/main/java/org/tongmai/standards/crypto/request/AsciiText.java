package org.tongmai.standards.crypto.request;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of an ASCII text that grows; a StringBuilder would be copied once more to be signed. */
final class AsciiText {
    private byte[] bytes;
    private int length;

    AsciiText(int capacity) {
        bytes = new byte[capacity];
    }

    AsciiText append(char c) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length + 16);
        }
        bytes[length++] = (byte) c;
        return this;
    }

    AsciiText append(String text) {
        byte[] added = text.getBytes(StandardCharsets.ISO_8859_1);
        if (length + added.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length + added.length);
        }
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}

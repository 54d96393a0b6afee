package org.tongmai.routes.engine.gateway.file;

import java.io.InputStream;
import java.util.Arrays;
import org.tongmai.standards.exchange.HttpContent;

/** The bytes of a file wherever they lie, to be looked at here and there and from its begin to its end. For one thread. */
final class FileBytes {
    private static final int WINDOW = 64 * 1024;

    private final HttpContent file;
    private final long length;
    private byte[] window;
    private long from;

    FileBytes(HttpContent file) {
        this.file = file;
        this.length = file.length();
        this.window = file.isHeld() ? file.bytes() : new byte[0];
    }

    long length() {
        return length;
    }

    /** @param place of a byte it has */
    byte at(long place) {
        long inWindow = place - from;
        if (inWindow < 0 || inWindow >= window.length) {
            // Who looks backwards goes on backwards.
            from = inWindow < 0 ? Math.max(0, place - WINDOW / 2) : place;
            window = file.read(from, WINDOW);
            inWindow = place - from;
        }
        return window[(int) inWindow];
    }

    /** Whether there are these bytes at a place, but for those that may be any. */
    boolean has(long place, byte[] bytes, boolean[] any) {
        if (place + bytes.length > length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!any[i] && at(place + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Two bytes, the lower one first. */
    int shortAt(long place) {
        return Byte.toUnsignedInt(at(place)) | Byte.toUnsignedInt(at(place + 1)) << Byte.SIZE;
    }

    /** Four bytes, the lowest first. */
    int intAt(long place) {
        return shortAt(place) | shortAt(place + 2) << 2 * Byte.SIZE;
    }

    /** A piece from a place on; of a file in memory all the rest. */
    byte[] piece(long place) {
        if (file.isHeld()) {
            return place == 0 ? file.bytes() : Arrays.copyOfRange(file.bytes(), (int) place, (int) length);
        }
        return file.read(place, WINDOW);
    }

    /** Some bytes of it, few of them, read without moving to there. */
    byte[] copy(long place, int many) {
        return file.read(place, many);
    }

    InputStream stream() {
        return new InputStream() {
            private long place;

            @Override
            public int read() {
                return place == length ? -1 : Byte.toUnsignedInt(at(place++));
            }

            @Override
            public int read(byte[] into, int offset, int most) {
                if (place == length) {
                    return -1;
                }
                byte[] piece = file.read(place, most);
                System.arraycopy(piece, 0, into, offset, piece.length);
                place += piece.length;
                return piece.length;
            }
        };
    }
}

package org.tongmai.routes.engine.audit.internal;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The lines of a block as bytes: a 1, then the lines with a line feed between, deflated (RFC 1951). */
final class BlockContent {
    private static final byte FORMAT = 1;
    /** A thousand records of the longest kind. */
    private static final int MOST_BYTES = 8 << 20;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] buffer = new byte[16_384];

    /**
     * What could be read.
     *
     * @param lines as far as they came; the last may be broken when it is not whole
     * @param whole whether everything was as it should be
     */
    record Lines(List<byte[]> lines, boolean whole) {}

    byte[] pack(List<byte[]> lines) {
        int size = lines.size() - 1;
        for (byte[] line : lines) {
            size += line.length;
        }
        byte[] plain = new byte[size];
        int at = 0;
        for (byte[] line : lines) {
            if (at > 0) {
                plain[at++] = '\n';
            }
            System.arraycopy(line, 0, plain, at, line.length);
            at += line.length;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(size / 4 + 64);
        packed.write(FORMAT);
        deflater.reset();
        deflater.setInput(plain);
        deflater.finish();
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return packed.toByteArray();
    }

    /** Reads what is there, however broken. */
    static Lines unpack(byte[] content) {
        if (content.length == 0 || content[0] != FORMAT) {
            return new Lines(List.of(), false);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(content.length * 6);
        boolean whole = inflate(content, plain);
        return new Lines(split(plain.toByteArray()), whole);
    }

    private static boolean inflate(byte[] content, ByteArrayOutputStream plain) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(content, 1, content.length - 1);
            byte[] piece = new byte[8_192];
            while (!inflater.finished() && plain.size() <= MOST_BYTES) {
                int read = inflater.inflate(piece);
                if (read == 0 && !inflater.finished()) {
                    return false;
                }
                plain.write(piece, 0, read);
            }
            return inflater.finished() && inflater.getRemaining() == 0;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    private static List<byte[]> split(byte[] plain) {
        List<byte[]> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] == '\n') {
                lines.add(Arrays.copyOfRange(plain, begin, i));
                begin = i + 1;
            }
        }
        lines.add(Arrays.copyOfRange(plain, begin, plain.length));
        return lines;
    }
}

package org.tongmai.routes.engine.gateway.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The central directory of a ZIP archive (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16), wherever in the file it begins. */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;

    private final ByteBuffer file;
    private final int from;
    private final int to;

    private ZipDirectory(ByteBuffer file, int from, int to) {
        this.file = file;
        this.from = from;
        this.to = to;
    }

    /** That of an archive that ends the file, as programs look for it; empty where there is none, or none with entries. */
    static Optional<ZipDirectory> of(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
        for (int at = bytes.length - END_BYTES; at >= first; at--) {
            if (bytes[at] != 'P' || file.getInt(at) != END) {
                continue;
            }
            long from = at - Integer.toUnsignedLong(file.getInt(at + 12));
            if (from >= 0 && from + HEADER_BYTES <= at && file.getInt((int) from) == HEADER) {
                return Optional.of(new ZipDirectory(file, (int) from, at));
            }
        }
        return Optional.empty();
    }

    /** Whether an entry has this name. */
    boolean has(byte[] name) {
        int at = from;
        while (at + HEADER_BYTES <= to && file.getInt(at) == HEADER) {
            int length = Short.toUnsignedInt(file.getShort(at + 28));
            int begin = at + HEADER_BYTES;
            if (begin + length <= to && Arrays.equals(file.array(), begin, begin + length, name, 0, name.length)) {
                return true;
            }
            at = begin
                    + length
                    + Short.toUnsignedInt(file.getShort(at + 30))
                    + Short.toUnsignedInt(file.getShort(at + 32));
        }
        return false;
    }
}

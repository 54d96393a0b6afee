package org.tongmai.routes.engine.gateway.file;

import java.util.Optional;

/** The central directory of a ZIP archive (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16), wherever in the file it begins. */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;

    private final FileBytes file;
    private final long from;
    private final long to;

    private ZipDirectory(FileBytes file, long from, long to) {
        this.file = file;
        this.from = from;
        this.to = to;
    }

    /** That of an archive that ends the file, as programs look for it; empty where there is none, or none with entries. */
    static Optional<ZipDirectory> of(FileBytes file) {
        long first = Math.max(0, file.length() - END_BYTES - LONGEST_COMMENT);
        for (long at = file.length() - END_BYTES; at >= first; at--) {
            if (file.at(at) != 'P' || file.intAt(at) != END) {
                continue;
            }
            long from = at - Integer.toUnsignedLong(file.intAt(at + 12));
            if (from >= 0 && from + HEADER_BYTES <= at && file.intAt(from) == HEADER) {
                return Optional.of(new ZipDirectory(file, from, at));
            }
        }
        return Optional.empty();
    }

    /** Whether an entry has this name. */
    boolean has(byte[] name) {
        boolean[] none = new boolean[name.length];
        long at = from;
        while (at + HEADER_BYTES <= to && file.intAt(at) == HEADER) {
            int length = file.shortAt(at + 28);
            long begin = at + HEADER_BYTES;
            if (length == name.length && begin + length <= to && file.has(begin, name, none)) {
                return true;
            }
            at = begin + length + file.shortAt(at + 30) + file.shortAt(at + 32);
        }
        return false;
    }
}

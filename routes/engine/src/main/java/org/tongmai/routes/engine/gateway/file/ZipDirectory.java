package org.tongmai.routes.engine.gateway.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The central directory of a ZIP archive (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16), wherever in the file it begins. */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MOST_ENTRIES = 0xffff;
    /** The place is told by a field for archives above 4 GB. */
    private static final int FAR = -1;

    /** From the root, of a drive, up, or with a character that ends a name for some. */
    private static final Pattern LEAVING =
            Pattern.compile("^[/\\\\]|^[A-Za-z]:|(?:^|[/\\\\])\\.\\.(?:[/\\\\]|$)|[\\x00-\\x1f\\x7f]");

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
            if (endsAt(file, at)) {
                return Optional.of(new ZipDirectory(file, from(file, at), at));
            }
        }
        return Optional.empty();
    }

    private static long from(FileBytes file, long end) {
        return end - Integer.toUnsignedLong(file.intAt(end + 12));
    }

    /** Whether an archive with entries ends at a place, whatever stands behind it. */
    static boolean endsAt(FileBytes file, long at) {
        if (at < 0 || at + END_BYTES > file.length() || file.intAt(at) != END) {
            return false;
        }
        long from = from(file, at);
        return from >= 0 && from + HEADER_BYTES <= at && file.intAt(from) == HEADER;
    }

    /** Whether an entry has this name. */
    boolean has(byte[] name) {
        boolean[] none = new boolean[name.length];
        return any((at, length) -> length == name.length && file.has(at + HEADER_BYTES, name, none));
    }

    /** Whether an entry has this name in whatever letters, or, where it ends in a slash, lies in this folder. */
    boolean hasAlike(byte[] name) {
        String folded = text(name).toLowerCase(Locale.ROOT);
        return any((at, length) -> {
            boolean fits = folded.endsWith("/") ? length > name.length : length == name.length;
            return fits
                    && text(file.copy(at + HEADER_BYTES, name.length))
                            .toLowerCase(Locale.ROOT)
                            .equals(folded);
        });
    }

    /** Whether an entry is to be written elsewhere than into the folder its archive is unpacked to. */
    boolean leavesFolder() {
        return any((at, length) ->
                LEAVING.matcher(text(file.copy(at + HEADER_BYTES, length))).find());
    }

    /** Whether an entry is another to who reads from the begin than to who reads the directory; or there are too many. */
    boolean isOfTwoNames() {
        if (file.intAt(to + 16) == FAR) {
            return false;
        }
        long begin = from - Integer.toUnsignedLong(file.intAt(to + 16));
        AtomicInteger entries = new AtomicInteger();
        return any((at, length) -> {
            if (entries.incrementAndGet() > MOST_ENTRIES) {
                return true;
            }
            long local = begin + Integer.toUnsignedLong(file.intAt(at + 42));
            if (file.intAt(at + 42) == FAR) {
                return false;
            }
            long name = local + LOCAL_BYTES;
            boolean there = local >= 0 && name + length <= from;
            return !there
                    || lengthIn(file.copy(local + 26, 2)) != length
                    || !Arrays.equals(file.copy(name, length), file.copy(at + HEADER_BYTES, length));
        });
    }

    private static int lengthIn(byte[] two) {
        return Byte.toUnsignedInt(two[0]) | Byte.toUnsignedInt(two[1]) << Byte.SIZE;
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** What is asked of an entry: where it stands in the directory, and how long its name is. */
    private interface Question {
        boolean isSo(long at, int length);
    }

    /** Of entries that the record of the end can not count one is asked. */
    private boolean any(Question question) {
        long at = from;
        for (int entry = 0; entry <= MOST_ENTRIES && at + HEADER_BYTES <= to && file.intAt(at) == HEADER; entry++) {
            int length = file.shortAt(at + 28);
            int extra = file.shortAt(at + 30) + file.shortAt(at + 32);
            if (at + HEADER_BYTES + length <= to && question.isSo(at, length)) {
                return true;
            }
            at += HEADER_BYTES + length + extra;
        }
        return false;
    }
}

package org.tongmai.routes.engine.bundle.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The list at the end of a zip (APPNOTE 6.3.10, 4.3.12 and 4.3.16), read strictly: {@code ZipInputStream} does not look
 * at it, and only here stands what an entry is. One part, no comment, no zip64, no encryption, no links.
 */
final class CentralDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int ENCRYPTED = 1;
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int FOLDER = 0x4000;

    private final ByteBuffer zip;

    private CentralDirectory(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The names in order, each as it stands there.
     *
     * @throws CodedException {@link BundleError#ARCHIVE_UNREADABLE}, {@link BundleError#ARCHIVE_TOO_LARGE},
     *     {@link BundleError#NAME_FORBIDDEN} for a link
     */
    static List<String> names(byte[] zip, ArchiveLimits limits) {
        return new CentralDirectory(zip).names(limits);
    }

    private List<String> names(ArchiveLimits limits) {
        int end = zip.capacity() - END_BYTES;
        expect(end >= 0 && zip.getInt(end) == END_SIGNATURE, "no end of a zip without comment");
        expect(zip.getInt(end + 4) == 0, "more than one part");
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        expect(count == Short.toUnsignedInt(zip.getShort(end + 8)), "more than one part");
        // folders and the signature are entries too
        if (count > limits.files() + 3) {
            throw new CodedException(Issue.of(
                    BundleError.ARCHIVE_TOO_LARGE, "", count + " entries, expected at most " + limits.files()));
        }
        long start = Integer.toUnsignedLong(zip.getInt(end + 16));
        expect(start + Integer.toUnsignedLong(zip.getInt(end + 12)) == end, "the list is not where it should be");
        List<String> names = new ArrayList<>();
        int at = (int) start;
        for (int i = 0; i < count; i++) {
            at = entry(at, end, names);
        }
        expect(at == end, "the list is longer than it says");
        return names;
    }

    private int entry(int at, int end, List<String> names) {
        expect(at <= end - ENTRY_BYTES && zip.getInt(at) == ENTRY_SIGNATURE, "the list is cut short");
        int nameBytes = Short.toUnsignedInt(zip.getShort(at + 28));
        int next = at
                + ENTRY_BYTES
                + nameBytes
                + Short.toUnsignedInt(zip.getShort(at + 30))
                + Short.toUnsignedInt(zip.getShort(at + 32));
        expect(next <= end, "the list is cut short");
        expect((zip.getShort(at + 8) & ENCRYPTED) == 0, "encrypted");
        String name = name(at + ENTRY_BYTES, nameBytes);
        int type = zip.get(at + 5) == UNIX ? zip.getInt(at + 38) >>> 16 & FILE_TYPE : 0;
        if (type != 0 && type != (name.endsWith("/") ? FOLDER : REGULAR)) {
            throw new CodedException(Issue.of(
                    BundleError.NAME_FORBIDDEN, FileNames.printable(name), "a link or device, expected a file"));
        }
        names.add(name);
        return next;
    }

    private String name(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(zip.slice(at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CodedException(Issue.of(BundleError.ARCHIVE_UNREADABLE, "", "a name is not UTF-8"), e);
        }
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new CodedException(Issue.of(BundleError.ARCHIVE_UNREADABLE, "", otherwise));
        }
    }
}

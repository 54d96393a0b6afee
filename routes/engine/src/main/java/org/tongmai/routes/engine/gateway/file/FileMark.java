package org.tongmai.routes.engine.gateway.file;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of {@code file-types.csv}.
 *
 * @param kind how it is looked for: {@code bytes} and {@code zip-bytes} at an offset, {@code zip-entry} by the name of an
 *     entry, {@code zip-macro} by that of one with programs, {@code ole-entry} by that of a stream, {@code text} at the start
 *     or in the head; {@code rest} not at all
 */
record FileMark(String type, String kind, String place, byte[] bytes, boolean[] any) {
    private static final byte[] OLE = HexFormat.of().parseHex("d0cf11e0a1b11ae1");

    static FileMark of(String type, String kind, String place, String mark) {
        return switch (kind) {
            case "bytes", "zip-bytes" -> hex(type, kind, place, mark);
            case "zip-entry", "zip-macro" -> plain(type, kind, place, mark.getBytes(StandardCharsets.UTF_8));
            case "ole-entry" -> plain(type, kind, place, mark.getBytes(StandardCharsets.UTF_16LE));
            case "text" ->
                plain(type, kind, place, mark.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
            case "rest" -> plain(type, kind, place, new byte[0]);
            default -> throw new IllegalArgumentException("kind: " + kind);
        };
    }

    private static FileMark plain(String type, String kind, String place, byte[] bytes) {
        return new FileMark(type, kind, place, bytes, new boolean[bytes.length]);
    }

    /** Two dots are a byte that may be any. */
    private static FileMark hex(String type, String kind, String place, String mark) {
        boolean[] any = new boolean[mark.length() / 2];
        for (int i = 0; i < any.length; i++) {
            any[i] = mark.charAt(2 * i) == '.';
        }
        Integer.parseInt(place); // or the table is refused
        return new FileMark(type, kind, place, HexFormat.of().parseHex(mark.replace('.', '0')), any);
    }

    boolean isText() {
        return kind.equals("text");
    }

    boolean isZip() {
        return kind.startsWith("zip");
    }

    /** A document that is told by an entry of its archive. */
    boolean isEntry() {
        return kind.equals("zip-entry");
    }

    boolean isOleName() {
        return kind.equals("ole-entry");
    }

    /** Text that a browser or an interpreter runs. */
    boolean isPage() {
        return isText() && place.equals("head");
    }

    boolean isIn(String head) {
        return head.contains(new String(bytes, StandardCharsets.US_ASCII));
    }

    /** But for names of streams, see {@link #firstName}. */
    boolean fits(FileBytes file) {
        return switch (kind) {
            case "zip-entry" -> inArchive(file).map(zip -> zip.has(bytes)).orElse(false);
            case "zip-macro" -> inArchive(file).map(zip -> zip.hasAlike(bytes)).orElse(false);
            case "rest" -> false;
            case "text" -> fitsText(FileTypes.head(file));
            default -> file.has(Integer.parseInt(place), bytes, any);
        };
    }

    private static Optional<ZipDirectory> inArchive(FileBytes file) {
        boolean archive = file.length() > 1 && file.at(0) == 'P' && file.at(1) == 'K';
        return archive ? ZipDirectory.of(file) : Optional.empty();
    }

    private boolean fitsText(String head) {
        String start = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head;
        return place.equals("start")
                ? start.stripLeading().startsWith(new String(bytes, StandardCharsets.US_ASCII))
                : isIn(start);
    }

    /** Whether a file is one that holds streams with names (OLE 2). */
    static boolean isOle(FileBytes file) {
        return file.has(0, OLE, new boolean[OLE.length]);
    }

    /** The first of the marks that is the name of a stream; null where none is. All are looked for in one pass. */
    static FileMark firstName(FileBytes file, List<FileMark> marks) {
        int first = marks.size();
        for (long at = OLE.length; at < file.length() && first > 0; at++) {
            byte begin = file.at(at);
            for (int i = 0; i < first; i++) {
                FileMark mark = marks.get(i);
                if (mark.bytes[0] == begin && file.has(at, mark.bytes, mark.any)) {
                    first = i;
                }
            }
        }
        return first == marks.size() ? null : marks.get(first);
    }
}

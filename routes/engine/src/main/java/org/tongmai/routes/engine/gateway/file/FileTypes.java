package org.tongmai.routes.engine.gateway.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tongmai.standards.exchange.HttpContent;
import org.tongmai.standards.table.CsvTable;

/**
 * Types of files by what their bytes are (文件类型), from {@code file-types.csv}: its first row that fits counts. Containers are
 * looked into as far as to tell a document from an archive.
 */
public final class FileTypes {
    /** What fits no row and is text in UTF-8 or GB 18030. */
    public static final String TEXT = "text/plain";

    /** What fits no row and is no text. */
    public static final String UNKNOWN = "application/octet-stream";

    private static final String JSON = "application/json";
    private static final String PDF = "application/pdf";
    private static final String DICOM = "application/dicom";
    private static final int PREAMBLE = 128;
    /** The first four bytes of TIFF 6.0 and of BigTIFF, in either order, the lowest first. */
    private static final Set<Integer> TIFFS = Set.of(0x002a4949, 0x2a004d4d, 0x002b4949, 0x2b004d4d);

    private static final Set<String> MEDIA = Set.of("image", "audio", "video");
    /** Texts that a page can stand in anywhere. */
    private static final Set<String> HIDING = Set.of(TEXT, "application/xml");

    private static final int HEAD = 1024;
    /** Characters that are decoded at a time. */
    private static final int SOME = 4096;

    private static final JsonFactory PARSERS = new JsonFactory();
    private static final List<FileMark> MARKS = marks();
    private static final List<FileMark> OLE_NAMES =
            MARKS.stream().filter(FileMark::isOleName).toList();

    private FileTypes() {}

    /**
     * What a file is.
     *
     * @param type media type
     * @param text whether it is text that people or programs read as it is
     */
    public record Found(String type, boolean text) {}

    private static List<FileMark> marks() {
        return rows().stream()
                .map(row -> FileMark.of(row.cell(0), row.cell(1), row.cell(2), row.cell(3)))
                .toList();
    }

    /** Those of the table: type, kind, place, mark, extensions of names, what runs a file of such a name. */
    static List<CsvTable.Row> rows() {
        String name = "file-types.csv";
        try (InputStream in = FileTypes.class.getResourceAsStream(name)) {
            return CsvTable.read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .rows();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something can be found to be of the type; {@code image/*} where something can of one of these. */
    public static boolean isKnown(String type) {
        if (type.endsWith("/*")) {
            return MARKS.stream().anyMatch(mark -> mark.type().startsWith(type.substring(0, type.length() - 1)));
        }
        return Set.of(TEXT, UNKNOWN, JSON).contains(type)
                || MARKS.stream().anyMatch(mark -> mark.type().equals(type));
    }

    /** Whether what is of a type is text; of {@code image/*} only what is none is meant. */
    public static boolean isTextType(String type) {
        return Set.of(TEXT, JSON).contains(type)
                || MARKS.stream().anyMatch(mark -> mark.isText() && mark.type().equals(type));
    }

    /** What a file is. */
    public static Found of(HttpContent content) {
        FileBytes file = new FileBytes(content);
        String binary = binary(file);
        if (binary != null) {
            return new Found(binary, false);
        }
        if (!isWords(file)) {
            String wide = isWide(file) ? HiddenMarks.first(file, HiddenMarks.Kind.WIDE_TEXT) : null;
            return wide == null ? new Found(UNKNOWN, false) : new Found(wide, true);
        }
        String type = text(file);
        // Of JSON and HL7 the values are looked into by the screening, and a page in one is no page.
        String hidden = HIDING.contains(type) ? HiddenMarks.first(file, HiddenMarks.Kind.TEXT) : null;
        return new Found(hidden == null ? type : hidden, true);
    }

    private static String text(FileBytes file) {
        for (FileMark mark : MARKS) {
            if (mark.isText() && mark.fits(file)) {
                return mark.type();
            }
        }
        return isJson(file) ? JSON : TEXT;
    }

    /** Whether it may be UTF-16: it says so, or begins as a tag does. */
    private static boolean isWide(FileBytes file) {
        if (file.length() < 2) {
            return false;
        }
        int first = file.shortAt(0);
        return first == 0xfeff || first == 0xfffe || first == '<' || first == '<' << Byte.SIZE;
    }

    /** Whether a file is text that people or programs read as it is, of whatever type. */
    public static boolean isText(HttpContent content) {
        FileBytes file = new FileBytes(content);
        return !FileMark.isOle(file) && binary(file) == null && isWords(file);
    }

    /** The type of a file that is told by its bytes; null where none is. */
    private static String binary(FileBytes file) {
        FileMark ole = FileMark.isOle(file) ? FileMark.firstName(file, OLE_NAMES) : null;
        for (FileMark mark : MARKS) {
            if (!mark.isText() && (mark.isOleName() ? mark == ole : mark.fits(file))) {
                return mark.type();
            }
        }
        return null;
    }

    /**
     * Whether a file can be read as another type too: an archive at the end of something else, a document or a page at the
     * begin of something else, one archive that is two kinds of document (polyglot).
     */
    public static boolean isTwo(HttpContent content, Found found) {
        FileBytes file = new FileBytes(content);
        long documents = MARKS.stream()
                .filter(mark -> mark.isEntry() && mark.fits(file))
                .map(FileMark::type)
                .distinct()
                .count();
        boolean zip =
                MARKS.stream().anyMatch(mark -> mark.isZip() && mark.type().equals(found.type()));
        String head = head(file);
        boolean hiddenArchive = !zip && ZipDirectory.of(file).isPresent();
        boolean hiddenDocument = !PDF.equals(found.type()) && head.contains("%pdf-");
        boolean hiddenPage = !found.text() && !zip && MARKS.stream().anyMatch(mark -> mark.isPage() && mark.isIn(head));
        return documents > 1
                || hiddenArchive
                || hiddenDocument
                || hiddenPage
                || zip && ZipDirectory.of(file).map(ZipDirectory::isOfTwoNames).orElse(false)
                || DICOM.equals(found.type()) && !hasPlainPreamble(file)
                || !found.text() && hides(file, found.type());
    }

    private static boolean hides(FileBytes file, String type) {
        HiddenMarks.Kind kind = null;
        if (PDF.equals(type)) {
            kind = HiddenMarks.Kind.PDF;
        } else if (DICOM.equals(type) || MEDIA.contains(type.substring(0, type.indexOf('/')))) {
            kind = HiddenMarks.Kind.MEDIA;
        }
        return kind != null && HiddenMarks.first(file, kind) != null;
    }

    /**
     * Whether what stands before DICOM's mark is nothing, or the begin of a TIFF as slides of pathology have it. The standard
     * lets anything stand there, and systems run it if it is a program (CVE-2019-11687).
     */
    private static boolean hasPlainPreamble(FileBytes file) {
        if (TIFFS.contains(file.intAt(0))) {
            return true;
        }
        for (int i = 0; i < PREAMBLE; i++) {
            if (file.at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a file is an archive with an entry that would be written elsewhere than where the archive is unpacked. */
    public static boolean leavesFolder(HttpContent content) {
        return ZipDirectory.of(new FileBytes(content))
                .map(ZipDirectory::leavesFolder)
                .orElse(false);
    }

    static String head(FileBytes file) {
        byte[] first = file.piece(0);
        return new String(first, 0, Math.min(first.length, HEAD), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static boolean isWords(FileBytes file) {
        boolean ascii = true;
        for (long at = 0; at < file.length(); ) {
            byte[] piece = file.piece(at);
            at += piece.length;
            for (byte each : piece) {
                ascii &= each >= 0;
                boolean control =
                        each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r' && each != '\f';
                if (control || each == 0x7f) {
                    return false;
                }
            }
        }
        return ascii || decodes(file, StandardCharsets.UTF_8) || decodes(file, Charset.forName("GB18030"));
    }

    private static boolean decodes(FileBytes file, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder();
        CharBuffer some = CharBuffer.allocate(SOME);
        byte[] begun = {};
        for (long at = 0; at < file.length(); ) {
            byte[] piece = file.piece(at);
            at += piece.length;
            ByteBuffer bytes = ByteBuffer.wrap(begun.length == 0 ? piece : joined(begun, piece));
            CoderResult result;
            do {
                some.clear();
                result = decoder.decode(bytes, some, at == file.length());
            } while (result.isOverflow());
            if (result.isError()) {
                return false;
            }
            begun = new byte[bytes.remaining()];
            bytes.get(begun);
        }
        return true;
    }

    /** A character that begins in one piece and ends in the next. */
    private static byte[] joined(byte[] begun, byte[] piece) {
        byte[] all = Arrays.copyOf(begun, begun.length + piece.length);
        System.arraycopy(piece, 0, all, begun.length, piece.length);
        return all;
    }

    private static boolean isJson(FileBytes file) {
        try (JsonParser parser = PARSERS.createParser(file.stream())) {
            JsonToken token = parser.nextToken();
            boolean structure = token != null && token.isStructStart();
            while (structure && token != null) {
                token = parser.nextToken();
            }
            return structure;
        } catch (IOException e) {
            return false;
        }
    }
}

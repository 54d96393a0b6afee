package org.tongmai.console.server.terminology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.TerminologyError;

/** Reads what was uploaded: one CSV, or a ZIP of them. Bounded, also when it is unpacked. */
final class Uploads {
    /** Bytes of one table. */
    static final int TABLE_LIMIT = 32 << 20;
    /** Bytes of all tables of a ZIP. */
    static final long ZIP_LIMIT = 64L << 20;

    private static final int ENTRIES = 500;

    private Uploads() {}

    static Map<String, String> csv(String path, InputStream body) throws IOException {
        return Map.of(path, text(path, read(path, body, TABLE_LIMIT)));
    }

    static Map<String, String> zip(InputStream body) throws IOException {
        Map<String, String> files = new HashMap<>();
        long left = ZIP_LIMIT;
        try (ZipInputStream zip = new ZipInputStream(body, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                byte[] bytes = read(entry.getName(), zip, (int) Math.min(left, TABLE_LIMIT));
                left -= bytes.length;
                if (files.size() >= ENTRIES || files.put(entry.getName(), text(entry.getName(), bytes)) != null) {
                    throw refused(entry.getName(), "expected: at most " + ENTRIES + " files, each once");
                }
            }
        } catch (java.util.zip.ZipException | IllegalArgumentException e) {
            throw new CodedException(Issue.of(TerminologyError.FILE_NOT_TAKEN, "", "not a readable ZIP"), e);
        }
        return files;
    }

    private static byte[] read(String path, InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw refused(path, "expected: at most " + limit + " bytes");
        }
        return bytes;
    }

    private static String text(String path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CodedException(
                    Issue.of(TerminologyError.FILE_NOT_TAKEN, path, "not UTF-8; save it as CSV UTF-8"), e);
        }
    }

    private static CodedException refused(String path, String detail) {
        return new CodedException(Issue.of(TerminologyError.FILE_NOT_TAKEN, path, detail));
    }
}

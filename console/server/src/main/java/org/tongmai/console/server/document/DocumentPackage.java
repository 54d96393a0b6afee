package org.tongmai.console.server.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tongmai.standards.table.CsvTable;

/** A package of documents 文档包: a zip with {@code index.csv} and each document under its id; the same in, the same out. */
final class DocumentPackage {
    private static final List<String> HEADER = List.of(
            "file",
            "document_id",
            "set_id",
            "version",
            "replaces",
            "status",
            "type",
            "patient",
            "time",
            "organization",
            "size",
            "sha256");

    private final List<List<String>> index = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8);

    void add(DocumentView view, byte[] xml) {
        String file = "documents/" + view.id() + ".xml";
        entry(file, xml);
        index.add(List.of(
                file,
                view.documentId(),
                view.setId(),
                Integer.toString(view.version()),
                view.replaces() == null ? "" : view.replaces(),
                view.status(),
                view.type(),
                view.patient(),
                view.time(),
                view.organization(),
                Long.toString(view.size()),
                view.sha256()));
    }

    byte[] close() {
        entry("index.csv", CsvTable.write(HEADER, index).getBytes(StandardCharsets.UTF_8));
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory could not be closed", e);
        }
        return bytes.toByteArray();
    }

    private void entry(String name, byte[] content) {
        try {
            ZipEntry entry = new ZipEntry(name);
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("a zip in memory could not be written", e);
        }
    }
}

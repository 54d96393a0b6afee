package org.tongmai.standards.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

class DocumentTablesTest {
    private static final String[] FILES = {
        "documents.csv", "sections.csv", "header.csv", "data-elements.csv", "entries.csv", "fields.csv"
    };

    @Test
    void the_packaged_tables_hold_fifty_three_documents() {
        DocumentTables tables = DocumentTables.load();
        assertThat(tables.types()).hasSize(53);
        DocumentType report = tables.type("C0006");
        assertThat(report.template()).isEqualTo("2.16.156.10011.2.1.1.26");
        DocumentField finding = report.fields().stream()
                .filter(field -> field.dataElement().equals("DE04.50.131.00"))
                .findFirst()
                .orElseThrow();
        assertThat(tables.xpath(finding))
                .isEqualTo("component/structuredBody/component/section[code/@displayName='检查报告']/entry/"
                        + "observation[code/@code='DE04.50.131.00']/value");
    }

    @Test
    void a_document_is_added_by_rows_alone() throws IOException {
        Map<String, String> files = packaged();
        files.merge("documents.csv", "C0099,X.1,1.2.3,新文档,New,M\n", String::concat);
        files.merge(
                "fields.csv",
                "C0099,chief-complaint.DE04.01.119.00,主诉,chief-complaint,observation,value,DE04.01.119.00,0..1,M,M\n",
                String::concat);
        assertThat(DocumentTables.load(files).type("C0099").sections()).containsExactly("chief-complaint");
    }

    @Test
    void everything_wrong_is_told_at_once_with_file_and_line() throws IOException {
        Map<String, String> files = packaged();
        files.put("sections.csv", "section,code,code_system,display,title_zh,certainty\na,,,b,c,V\na,,,b,c,V\nd,e\n");
        files.put("header.csv", "element\n");
        files.merge("documents.csv", "C0098,X,1.2,无字段,None,V\n", String::concat);
        files.merge("data-elements.csv", "DE99.99.999.99,x,XX,,,,V\nDE99.99.999.98,x,ST,,,,sure\n", String::concat);
        int last = files.get("data-elements.csv").split("\n").length;
        files.remove("entries.csv");
        assertThatThrownBy(() -> DocumentTables.load(files))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(Issue::text)
                        .anyMatch(text -> text.startsWith("TM-DOC-0004") && text.contains("documents/sections.csv:3"))
                        .anyMatch(text -> text.startsWith("TM-DOC-0003") && text.contains("documents/sections.csv:4"))
                        .anyMatch(text -> text.startsWith("TM-DOC-0002") && text.contains("documents/header.csv:1"))
                        .anyMatch(text -> text.startsWith("TM-DOC-0001") && text.contains("documents/entries.csv"))
                        .anyMatch(text -> text.startsWith("TM-DOC-0006")
                                && text.contains("documents/data-elements.csv:" + (last - 1)))
                        .anyMatch(text ->
                                text.startsWith("TM-DOC-0006") && text.contains("documents/data-elements.csv:" + last))
                        .anyMatch(text -> text.startsWith("TM-DOC-0005") && text.contains("documents/documents.csv:55"))
                        .anyMatch(text -> text.startsWith("TM-DOC-0005") && text.contains("documents/fields.csv:2")));
    }

    private static Map<String, String> packaged() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String file : FILES) {
            files.put(file, Files.readString(Path.of("documents", file)));
        }
        return files;
    }
}

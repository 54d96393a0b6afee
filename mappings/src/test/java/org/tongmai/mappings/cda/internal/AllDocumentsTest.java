package org.tongmai.mappings.cda.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.cda.CdaBounds;
import org.tongmai.mappings.cda.CdaDocument;
import org.tongmai.mappings.cda.CdaError;
import org.tongmai.mappings.cda.CdaMappings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.document.DocumentField;
import org.tongmai.standards.document.DocumentTables;
import org.tongmai.standards.document.DocumentType;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;

/** Each of the 53 documents: data for every field, made a document, judged, read back and compared field by field. */
class AllDocumentsTest {
    private static final Terminology TERMINOLOGY = Terminology.load();
    private static final CdaMappings CDA = CdaMappings.compile(TERMINOLOGY, MappingSettings.defaults());
    private static final DocumentTables TABLES = CDA.tables();
    private static final SampleData SAMPLES = new SampleData(TABLES, CdaMaps.compile(TERMINOLOGY, TABLES));

    static Collection<DocumentType> types() {
        return TABLES.types();
    }

    @Test
    void there_are_fifty_three_documents() {
        assertThat(types()).hasSize(53);
        assertThat(types()).allSatisfy(type -> assertThat(type.sections()).isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void a_document_keeps_every_field_on_the_way_to_cda_and_back(DocumentType type) {
        List<CanonicalResource> resources = SAMPLES.of(type);
        CdaDocument document = CDA.generate(type.code(), resources);
        assertThat(document.issues()).extracting(Issue::text).isEmpty();
        assertThat(CDA.validate(document.xml())).extracting(Issue::text).isEmpty();

        CanonicalBundle back = CDA.read(document.xml());
        assertThat(back.issues()).extracting(Issue::text).isEmpty();
        Map<String, List<String>> expected = SAMPLES.fields(type, resources);
        expected.forEach((field, values) -> assertThat(field.equals("patient.age") || !values.isEmpty())
                .as(field)
                .isTrue());
        Map<String, List<String>> found = SAMPLES.fields(type, back.resources());
        for (Map.Entry<String, List<String>> field : expected.entrySet()) {
            assertThat(found.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
        }
        assertThat(CDA.generate(type.code(), resources).xml()).isEqualTo(document.xml());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void fields_without_a_value_are_named_one_by_one(DocumentType type) {
        List<CanonicalResource> bare = SAMPLES.of(type).stream()
                .filter(resource -> List.of("Patient", "Composition", "DocumentReference", "Encounter")
                        .contains(resource.type()))
                .toList();
        CdaDocument document = CDA.generate(type.code(), bare);
        Set<String> absent = new HashSet<>();
        for (Issue issue : document.issues()) {
            assertThat(issue.code()).isEqualTo(CdaError.FIELD_ABSENT);
            absent.add(issue.location());
        }
        List<String> expected = new ArrayList<>();
        for (DocumentField field : type.fields()) {
            if (!field.inHeader()) {
                expected.add("/ClinicalDocument/" + TABLES.xpath(field));
            }
        }
        assertThat(absent).containsExactlyInAnyOrderElementsOf(new HashSet<>(expected));
    }

    @Test
    void every_field_of_every_document_has_its_place_in_canonical_data() {
        int fields = 0;
        List<String> without = new ArrayList<>();
        for (DocumentType type : types()) {
            CdaDocument document = CDA.generate(type.code(), SAMPLES.of(type));
            fields += type.fields().size();
            document.issues().stream()
                    .filter(issue -> issue.code() == CdaError.FIELD_NOT_HELD)
                    .forEach(issue -> without.add(type + " " + issue.location()));
        }
        System.out.println("fields of 53 documents: " + fields + ", without a place: " + without.size());
        assertThat(without).isEmpty();
    }

    @Test
    void a_field_no_row_has_a_place_for_is_named() throws IOException {
        Map<String, String> files = new HashMap<>();
        for (String file : List.of("documents", "sections", "header", "data-elements", "entries", "fields")) {
            Path table = Path.of("..", "standards", "documents", file + ".csv");
            files.put(file + ".csv", Files.readString(table));
        }
        files.merge("header.csv", "patient.shoe-size,鞋号,,recordTarget/shoe,ST,0..1,,M\n", String::concat);
        files.merge("fields.csv", "C0038,patient.shoe-size,鞋号,header,patient.shoe-size,,,0..1,M,M\n", String::concat);
        DocumentTables tables = DocumentTables.load(files);
        CdaEngine engine = new CdaEngine(TERMINOLOGY, tables, ZoneId.of("Asia/Shanghai"), CdaBounds.defaults());
        DocumentType type = tables.type("C0038");
        CdaDocument document = engine.generate(type, SAMPLES.of(TABLES.type("C0038")));
        assertThat(document.issues()).singleElement().satisfies(issue -> {
            assertThat(issue.code()).isEqualTo(CdaError.FIELD_NOT_HELD);
            assertThat(issue.location()).isEqualTo("/ClinicalDocument/recordTarget/shoe");
        });
    }
}

package org.tongmai.mappings.cda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.document.DocumentError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.terminology.Terminology;

/** Documents of people who mean harm. */
class HostileDocumentsTest {
    private static final CdaMappings CDA = CdaMappings.compile(Terminology.load(), MappingSettings.defaults());
    private static final String OPEN = "<ClinicalDocument xmlns='urn:hl7-org:v3'>";
    private static final String CLOSE = "</ClinicalDocument>";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "an external entity|<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/x'>]><ClinicalDocument>&e;</ClinicalDocument>",
                "an external DTD|<!DOCTYPE d SYSTEM 'http://127.0.0.1:1/d.dtd'><ClinicalDocument/>",
                "many laughs|<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><ClinicalDocument>&b;</ClinicalDocument>",
                "an inclusion|<ClinicalDocument xmlns:x='http://www.w3.org/2001/XInclude'><x:include/></ClinicalDocument>"
            })
    void what_reaches_out_or_multiplies_is_refused(String what, String xml) {
        refuses(xml.getBytes(StandardCharsets.UTF_8), CdaError.FORBIDDEN);
    }

    @Test
    void what_is_not_xml_is_refused() {
        refuses("ISA*00*".getBytes(StandardCharsets.UTF_8), CdaError.MALFORMED);
        refuses(new byte[0], CdaError.MALFORMED);
        refuses((OPEN + "<id>").getBytes(StandardCharsets.UTF_8), CdaError.MALFORMED);
        refuses("<a>&undefined;</a>".getBytes(StandardCharsets.UTF_8), CdaError.NOT_CDA);
    }

    @Test
    void what_is_too_deep_or_too_large_is_refused() {
        String deep = OPEN + "<a>".repeat(5_000) + "</a>".repeat(5_000) + CLOSE;
        refuses(deep.getBytes(StandardCharsets.UTF_8), CdaError.TOO_LARGE);
        String wide = OPEN + "<a/>".repeat(500_000) + CLOSE;
        refuses(wide.getBytes(StandardCharsets.UTF_8), CdaError.TOO_LARGE);
        refuses(new byte[CdaBounds.defaults().bytes() + 1], CdaError.TOO_LARGE);
    }

    @Test
    void a_wide_document_no_row_reads_says_so_a_bounded_number_of_times() {
        String header =
                "<id root='1.2' extension='x'/><code code='1' codeSystem='1.2'/><effectiveTime value='20260101'/>"
                        + "<recordTarget><patientRole><id root='1.3' extension='p'/></patientRole></recordTarget>";
        String wide = "<component><structuredBody><component><section>"
                + "<entry><act><code code='1'/></act></entry>".repeat(90_000)
                + "</section></component></structuredBody></component>";
        byte[] xml = (OPEN + header + wide + CLOSE).getBytes(StandardCharsets.UTF_8);
        CanonicalBundle read = CDA.read(xml);
        assertThat(read.issues()).hasSize(1_000);
        assertThat(read.issues().get(999).location()).endsWith("/entry[1000]");
    }

    @Test
    void data_that_are_no_bundle_are_refused() {
        for (String json : new String[] {
            "",
            "[",
            "{}",
            "[]",
            "{\"resourceType\":\"Patient\"}",
            "null",
            "{\"resourceType\":\"Bundle\",\"entry\":[{}]}",
            "[".repeat(200_000)
        }) {
            assertThatThrownBy(() -> CdaMappings.resources(json.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(CdaError.BUNDLE_UNREADABLE));
        }
    }

    @Test
    void a_type_that_is_none_is_refused() {
        assertThatThrownBy(() -> CDA.generate("C0054", java.util.List.of()))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(DocumentError.TYPE_UNKNOWN));
    }

    private static void refuses(byte[] xml, ErrorCode code) {
        assertThatThrownBy(() -> CDA.read(xml)).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.issues().get(0).location()).isNotEmpty();
        });
        assertThatThrownBy(() -> CDA.validate(xml)).isInstanceOf(CodedException.class);
    }
}

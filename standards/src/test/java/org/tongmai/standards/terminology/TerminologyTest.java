package org.tongmai.standards.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;

class TerminologyTest {
    private static final String SOURCES =
            "kind,table,system,content,policy,title,standard,clause,source,certainty,retrieved\n";
    private static final String SYSTEM = "code,display,display_en,status,valid_from,valid_to\n";
    private static final LocalDate WINTER = LocalDate.of(2025, 12, 1);
    private static final LocalDate SPRING = LocalDate.of(2026, 4, 1);

    private final Terminology terminology = Terminology.load();

    @Test
    void the_packaged_tables_load() {
        assertThat(terminology
                        .conceptMap("hl7-0001-to-administrative-gender")
                        .target("F")
                        .code())
                .isEqualTo("female");
        assertThat(terminology.codeSystem("gbt-2260-divisions").size()).isEqualTo(3217);
        assertThat(terminology.codeSystem("gbt-2261-1-sex").size()).isEqualTo(4);
        assertThat(terminology.codeSystem("gbt-3304-ethnic-groups").size()).isEqualTo(58);
        assertThat(terminology.codeSystem("ws-500-shared-documents").size()).isEqualTo(53);
    }

    @Test
    void every_table_says_where_it_comes_from_and_how_well_it_is_known() {
        assertThat(terminology.codeSystems().values())
                .allMatch(table ->
                        !table.origin().source().isBlank() && table.origin().certainty() != null);
        assertThat(terminology.codeSystem("gbt-2260-divisions").origin().standard())
                .isEqualTo("GB/T 2260");
        assertThat(terminology
                        .codeSystem("gbt-2260-divisions")
                        .entry("310108", null)
                        .property("certainty"))
                .isEqualTo("M");
    }

    @Test
    void a_code_is_judged_by_the_list_in_force_on_its_date() {
        Terminology dated = Terminology.load(Map.of(
                "sources.csv", SOURCES + "code-system,t,urn:x,complete,,T,GB,,made up,V,2026\n",
                "code-systems/t.csv", SYSTEM + "1,old,,retired,,2019-12-31\n1,new,,active,2020-01-01,\n"));
        CodeSystem table = dated.codeSystem("t");
        assertThat(table.entry("1", LocalDate.of(2019, 12, 31)).display()).isEqualTo("old");
        assertThat(table.entry("1", LocalDate.of(2020, 1, 1)).display()).isEqualTo("new");
        assertThat(table.entry("2", LocalDate.of(2020, 1, 1))).isNull();
    }

    @Test
    void forty_diseases_are_notifiable_in_winter_and_forty_two_in_spring() {
        ValueSet diseases = terminology.valueSet("notifiable-diseases-42");
        assertThat(diseases.expand(WINTER)).hasSize(40);
        assertThat(diseases.expand(SPRING)).hasSize(42);
        assertThat(ofClass(diseases, "A")).isEqualTo(2);
        assertThat(ofClass(diseases, "B")).isEqualTo(29);
        assertThat(ofClass(diseases, "C")).isEqualTo(11);
    }

    private static long ofClass(ValueSet diseases, String legalClass) {
        return diseases.expand(SPRING).stream()
                .filter(member -> member.entry().property("legal_class").equals(legalClass))
                .count();
    }

    @Test
    void a_disease_has_its_time_limit() {
        CodeSystem diseases = terminology.codeSystem("notifiable-diseases");
        assertThat(terminology.valueSet("notifiable-within-2-hours").expand(SPRING))
                .extracting(member -> member.entry().display())
                .containsExactly("鼠疫", "霍乱", "传染性非典型肺炎", "肺炭疽");
        assertThat(terminology.valueSet("notifiable-within-24-hours").contains(diseases, "NID-B-013-S001", SPRING))
                .isFalse();
        assertThat(terminology.valueSet("notifiable-within-24-hours").contains(diseases, "NID-B-013-S002", SPRING))
                .isTrue();
    }

    @Test
    void divisions_have_parents_and_children() {
        CodeSystem divisions = terminology.codeSystem("gbt-2260-divisions");
        assertThat(divisions.children("310000")).hasSize(20).contains("310101", "310108");
        assertThat(divisions.isA("130102", "130000", null)).isTrue();
        assertThat(divisions.isA("130102", "310000", null)).isFalse();
        assertThat(terminology.valueSet("provinces").expand(null)).hasSize(34);
        assertThat(terminology.valueSet("shanghai-districts").expand(null))
                .hasSize(16)
                .extracting(member -> member.entry().display())
                .contains("浦东新区")
                .doesNotContain("闸北区");
        assertThat(terminology
                        .conceptMap("gbt-2260-to-shanghai-account")
                        .targets()
                        .keySet())
                .containsExactlyElementsOf(terminology.valueSet("shanghai-districts").expand(null).stream()
                        .map(member -> member.entry().code())
                        .toList());
    }

    @Test
    void maps_are_read_in_both_directions() {
        ConceptMap sex = terminology.conceptMap("gbt-2261-1-to-administrative-gender");
        assertThat(sex.target("2").code()).isEqualTo("female");
        assertThat(sex.sources("unknown")).containsExactly("0", "9");
        assertThat(terminology
                        .conceptMap("administrative-gender-to-gbt-2261")
                        .target("other")
                        .code())
                .isEqualTo("9");
    }

    @Test
    void a_table_nobody_has_supplied_says_so_when_it_is_asked_for() {
        assertThatThrownBy(() -> terminology.lookup("icd-10-insurance", "A00.000x001", SPRING))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-TERM-0011")
                .hasMessageContaining("code-systems/icd-10-insurance.csv");
        assertThatThrownBy(() -> terminology.lookup("no-such-table", "1", SPRING))
                .hasMessageContaining("TM-TERM-0002");
        assertThatThrownBy(() -> terminology.lookup("notifiable-diseases", "NID-B-028", WINTER))
                .hasMessageContaining("TM-TERM-0012");
    }

    @Test
    void a_layer_takes_the_place_of_packaged_tables_and_adds_others() {
        Terminology over = Terminology.loadWith(List.of(Map.of(
                "sources.csv",
                SOURCES
                        + "code-system,icd-10-insurance,"
                        + "urn:tongmai:code-system:icd-10:insurance-2.0,fragment,,ICD,,,mine,V,2026\n"
                        + "local-dictionary,hl7-0001-to-administrative-gender,,,,Sex at H1,,,mine,V,2026\n",
                "code-systems/icd-10-insurance.csv",
                SYSTEM + "A00.000,霍乱,,active,,\n",
                "local-dictionaries/hl7-0001-to-administrative-gender.csv",
                "sender,source_code,target_system,target_code,target_display,comment\n"
                        + "H1,3,,female,,\nH1,M,,other,,\n")));
        assertThat(over.lookup("icd-10-insurance", "A00.000", SPRING).display()).isEqualTo("霍乱");
        ConceptMap sex = over.conceptMap("hl7-0001-to-administrative-gender");
        assertThat(sex.target("3", "H1").code()).isEqualTo("female");
        assertThat(sex.target("M", "H1").code()).isEqualTo("other");
        assertThat(sex.target("F", "H1").code()).isEqualTo("female");
        assertThat(sex.target("3", "H2")).isNull();
        assertThat(sex.target("M", "H2").code()).isEqualTo("male");
    }
}

package org.tongmai.standards.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

class TerminologyTest {
    private static final String SOURCES = "kind,table,system,policy,title,source,retrieved\n";
    private static final String MAP = "source_code,target_system,target_code,target_display,comment\n";
    private static final String SYSTEM = "code,display,display_en,status,valid_from,valid_to\n";

    @Test
    void the_packaged_tables_load() {
        Terminology terminology = Terminology.load();
        assertThat(terminology
                        .conceptMap("hl7-0001-to-administrative-gender")
                        .target("F")
                        .code())
                .isEqualTo("female");
        assertThat(terminology.codeSystem("gbt-2261-1-sex").size()).isEqualTo(4);
    }

    @Test
    void a_code_is_judged_by_the_list_in_force_on_its_date() {
        Terminology terminology = Terminology.load(Map.of(
                "sources.csv", SOURCES + "code-system,t,urn:x,,T,GB,2026\n",
                "code-systems/t.csv", SYSTEM + "1,old,,retired,,2019-12-31\n1,new,,active,2020-01-01,\n"));
        CodeSystem table = terminology.codeSystem("t");
        assertThat(table.entry("1", LocalDate.of(2019, 12, 31)).display()).isEqualTo("old");
        assertThat(table.entry("1", LocalDate.of(2020, 1, 1)).display()).isEqualTo("new");
        assertThat(table.entry("2", LocalDate.of(2020, 1, 1))).isNull();
    }

    @Test
    void everything_wrong_is_told_at_once_with_file_and_line() {
        Map<String, String> files = Map.of(
                "sources.csv",
                SOURCES + "concept-map,a,urn:x,refuse,A,HL7,2026\nconcept-map,b,urn:x,maybe,B,,2026\n",
                "concept-maps/a.csv",
                MAP + "M,,male,,\nM,,male,,\nA,,x,,\nZ,,y\n",
                "concept-maps/b.csv",
                "code\n",
                "concept-maps/c.csv",
                MAP);
        assertThatThrownBy(() -> Terminology.load(files))
                .isInstanceOfSatisfying(CodedException.class, e -> assertThat(e.issues())
                        .extracting(Issue::text)
                        .anyMatch(text -> text.startsWith("TM-TERM-0004") && text.contains("concept-maps/a.csv:3"))
                        .anyMatch(text -> text.startsWith("TM-TERM-0005") && text.contains("concept-maps/a.csv:4"))
                        .anyMatch(text -> text.startsWith("TM-TERM-0003") && text.contains("concept-maps/a.csv:5"))
                        .anyMatch(text -> text.startsWith("TM-TERM-0006") && text.contains("sources.csv:3"))
                        .anyMatch(text -> text.startsWith("TM-TERM-0007") && text.contains("concept-maps/b.csv:1"))
                        .anyMatch(text -> text.startsWith("TM-TERM-0001") && text.contains("concept-maps/c.csv")));
    }
}

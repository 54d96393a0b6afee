package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.Terminology;

/** A bad table or map is refused where it is loaded, with file and line; what runs goes on with the tables it has. */
class BadTablesWhileRunningTest {
    private static final String SEX = "code-systems/gbt-2261-1-sex.csv";
    private static final String GENDER = "concept-maps/hl7-0001-to-administrative-gender.csv";
    private static final String OVERLAY = "hospital.map.yaml";

    private final MappingEngine running = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
    private CanonicalBundle before;

    @BeforeEach
    void mapped() throws IOException {
        before = running.map(TestMessages.golden("adt-a01-admit"));
    }

    @Test
    void a_duplicate_code_is_refused_and_the_running_tables_stay_in_force() throws IOException {
        String table = table(SEX);
        refused(uploading(SEX, table + "1,男,Male,active,,\n"), "TM-TERM-0004", SEX + ":" + linesWith(table, 1));
    }

    @Test
    void a_row_of_the_wrong_width_is_refused_and_the_running_tables_stay_in_force() throws IOException {
        String table = table(SEX);
        refused(uploading(SEX, table + "3,双性\n"), "TM-TERM-0003", SEX + ":" + linesWith(table, 1));
    }

    @Test
    void a_table_without_a_source_is_refused_and_the_running_tables_stay_in_force() throws IOException {
        String file = "code-systems/of-nobody.csv";
        refused(uploading(file, table(SEX)), "TM-TERM-0001", file + ":1");
    }

    @Test
    void a_broken_concept_map_is_refused_and_the_running_tables_stay_in_force() throws IOException {
        String table = table(GENDER);
        refused(uploading(GENDER, table + "1,,female,,\n"), "TM-TERM-0004", GENDER + ":" + linesWith(table, 1));
    }

    @Test
    void a_broken_map_is_refused_and_the_running_maps_stay_in_force() throws IOException {
        refused(
                laying("from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: nonsense}\n"),
                "TM-MAP-0104",
                OVERLAY + ":4");
    }

    @Test
    void a_cyclic_overlay_is_refused_and_the_running_maps_stay_in_force() throws IOException {
        refused(
                laying("from: CX\nto: Identifier\nrows:\n  - {from: CX-1, to: $this, each: CX-Identifier}\n"),
                "TM-MAP-0109",
                OVERLAY + ":4");
    }

    private ThrowingCallable uploading(String file, String text) {
        return () -> running.prepare(Terminology.loadWith(List.of(Map.of(file, text))))
                .run();
    }

    private ThrowingCallable laying(String overlay) {
        return () -> running.with(List.of(new MapSource(OVERLAY, overlay)));
    }

    private void refused(ThrowingCallable load, String code, String where) throws IOException {
        CodedException refusal = catchThrowableOfType(CodedException.class, load);
        assertThat(refusal).isNotNull();
        assertThat(refusal.issues())
                .extracting(issue -> issue.code().code() + " " + issue.location())
                .contains(code + " " + where);
        assertThat(running.map(TestMessages.golden("adt-a01-admit"))).isEqualTo(before);
    }

    private static String table(String file) throws IOException {
        return Files.readString(Path.of("../standards", file));
    }

    private static long linesWith(String table, int more) {
        return table.lines().count() + more;
    }
}

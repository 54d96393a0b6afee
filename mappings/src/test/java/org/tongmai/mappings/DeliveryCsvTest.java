package org.tongmai.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.terminology.Terminology;

class DeliveryCsvTest {
    private static final MappingEngine ENGINE = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());

    @Test
    void a_visit_is_one_line_in_national_codes() throws IOException {
        String csv = csv("district-visit", TestMessages.golden("adt-a01-admit"));
        assertThat(csv).startsWith("message_number,event,event_time,hospital,patient_id,identity_number,name,sex,");
        assertThat(csv.lines().toList().get(1))
                .isEqualTo("7,ADT^A01,1970-01-01T08:00:00+08:00,RJYY,0000123456,310101198503150029,欧阳修远,1,1985-03-15,"
                        + "V20261120001,IMP,2026-11-20T09:30:00+08:00,,W07 R12 B03,in-progress");
        assertThat(csv).endsWith("\r\n");
    }

    @Test
    void each_observation_is_a_line_of_its_own() throws IOException {
        String csv = csv("lab-result", TestMessages.golden("oru-r01-20-obx"));
        assertThat(csv.lines()).hasSize(21);
        assertThat(csv).contains(",6690-2,白细胞计数,7.2,,,10*9/L,3.5-9.5,N,final,");
    }

    @Test
    void each_result_says_in_what_scope_it_is_recognised_where_its_laboratory_did() throws IOException {
        ReceivedMessage golden = TestMessages.golden("oru-r01-20-obx");
        String text = golden.text().replaceFirst("(OBX\\|1\\|[^\r\n]*)", "$1\rNTE|1|L|空腹\rNTE|2|L|京津冀HR");
        List<String> lines =
                csv("recognised-result", TestMessages.received(text)).lines().toList();
        int mark = List.of(lines.get(0).split(",")).indexOf("recognition_mark");
        assertThat(lines.get(1).split(",")[mark]).isEqualTo("京津冀HR");
        assertThat(lines.get(2).split(",")[mark]).isEmpty();
    }

    @Test
    void each_vaccination_is_a_line_and_names_who_gave_it() throws IOException {
        List<String> lines = csv("vaccination", TestMessages.golden("vxu-v04-vaccination"))
                .lines()
                .toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).contains(",08,乙型肝炎疫苗,completed,", ",B202608,", ",3,IM,LD,赵护士,");
        assertThat(lines.get(2)).contains(",21,水痘疫苗,not-done,");
    }

    @Test
    void a_registration_is_one_line_with_the_department() throws IOException {
        List<String> lines = csv("outpatient-registration", TestMessages.golden("adt-a04-register-outpatient"))
                .lines()
                .toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains(",V20261120001,AMB,in-progress,INT,", ",李时珍,2026-11-20T09:30:00+08:00,");
    }

    @Test
    void what_a_spreadsheet_would_run_is_disarmed_and_separators_are_quoted() throws IOException {
        ReceivedMessage golden = TestMessages.golden("adt-a01-admit");
        String text = golden.text().replace("欧阳^修远", "=cmd()^\"a,b\"");
        String csv = csv("district-visit", TestMessages.received(text));
        assertThat(csv).contains(",\"\"\"a,b\"\" =cmd()\",");
        String formula = golden.text().replace("欧阳^修远", "^=1+1");
        assertThat(csv("district-visit", TestMessages.received(formula))).contains(",'=1+1,");
    }

    private static String csv(String layout, ReceivedMessage message) {
        CanonicalBundle bundle = ENGINE.map(message);
        CanonicalEvent event =
                new CanonicalEvent(7, bundle.topic(), bundle.event(), bundle.patientKey(), List.of(), Instant.EPOCH);
        CanonicalBatch batch =
                new CanonicalBatch(1, "district", List.of(new CanonicalDelivery(event, bundle.resources())));
        return new String(ENGINE.csv(layout).write(batch), StandardCharsets.UTF_8);
    }
}

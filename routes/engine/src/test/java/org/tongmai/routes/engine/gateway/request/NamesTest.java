package org.tongmai.routes.engine.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NamesTest {
    @Test
    void a_letter_and_its_marks_are_alike_however_they_are_written() {
        assertThat(Names.membersAlike("\u00e9cole", "e\u0301cole")).isTrue();
        assertThat(Names.membersAlike("\uff49d_card", "idCard")).isTrue();
        assertThat(Names.membersAlike("idCard", "i\u0300\u0323dCard")).isTrue();
        assertThat(Names.membersAlike("\ud55c", "\u1112\u1161\u11ab")).isTrue();
        assertThat(Names.membersAlike("idCard", "idCards")).isFalse();
    }

    /** Java's {@code equalsIgnoreCase} goes by capitals too. */
    @Test
    void a_dotless_i_is_an_i_to_who_compares_capitals() {
        assertThat(Names.membersAlike("patientId", "pat\u0131entId")).isTrue();
        assertThat("patientid").isEqualToIgnoringCase("pat\u0131entid");
    }

    /** php.net, "Variables from external sources": dots and blanks in names become underscores. */
    @Test
    void a_parameter_is_what_php_makes_of_its_name_and_what_others_do() {
        for (String name :
                List.of("patient.id", "patient[id", "patient id", "patient_id[]", "patient_id.x", "PatientId")) {
            assertThat(Names.parametersAlike(name, "patient_id")).as(name).isTrue();
        }
        assertThat(Names.parametersAlike("patient", "patient_id")).isFalse();
        assertThat(Names.parametersAlike("patient.id", "patient")).isTrue();
    }

    /** Their order alone would take hours. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void marks_without_end_on_one_letter_are_left_out_and_not_put_in_order() {
        String name = "idCard" + "\u0300".repeat(1 << 21) + "\u0323".repeat(1 << 21);

        assertThat(Names.parametersAlike(name, "id_card")).isTrue();
    }
}

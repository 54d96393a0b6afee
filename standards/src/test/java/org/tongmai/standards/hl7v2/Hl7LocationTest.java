package org.tongmai.standards.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hl7LocationTest {
    @ParameterizedTest
    @CsvSource({
        "PID-3, PID^1^3",
        "PV1[2]-44, PV1^2^44",
        "PID-3[2].4, PID^1^3^2^4",
        "PID-3.4, PID^1^3^1^4",
        "MSH, MSH^1",
        "Patient.birthDate, ''",
        "'', ''",
        "PID-three, ''",
    })
    void a_location_becomes_the_standards_own_form(String location, String expected) {
        assertThat(Hl7Location.parse(location).text('^')).isEqualTo(expected);
    }
}

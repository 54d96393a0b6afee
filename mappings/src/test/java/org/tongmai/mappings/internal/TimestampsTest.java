package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampsTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "2026, 2026, false",
        "202611, 2026-11, false",
        "20261120, 2026-11-20, false",
        "2026112010, 2026-11-20T10:00:00+08:00, false",
        "202611201015, 2026-11-20T10:15:00+08:00, false",
        "20261120101530, 2026-11-20T10:15:30+08:00, false",
        "20261120101530.1234-0500, 2026-11-20T10:15:30.1234-05:00, false",
        "20261120101530+0000, 2026-11-20T10:15:30Z, false",
        "20240229, 2024-02-29, false",
        "20230229, 2023-02, true",
        "2014121914001, 2014-12-19T14:00:00+08:00, true",
        "2026-11-20, 2026, true",
    })
    void precision_is_kept_and_the_valid_beginning_taken(String hl7, String fhir, boolean trimmed) {
        Timestamps.Read read = Timestamps.dateTime(hl7, ZONE);
        assertThat(read.text()).isEqualTo(fhir);
        assertThat(read.trimmed()).isEqualTo(trimmed);
    }

    @ParameterizedTest
    @CsvSource({"DOB", "63", "0000", "''", "19"})
    void what_has_not_even_a_year_is_no_time(String hl7) {
        assertThat(Timestamps.dateTime(hl7, ZONE)).isNull();
    }
}

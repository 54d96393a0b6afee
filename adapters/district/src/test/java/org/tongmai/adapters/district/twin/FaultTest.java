package org.tongmai.adapters.district.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.adapters.district.DistrictError;
import org.tongmai.standards.error.CodedException;

class FaultTest {
    @Test
    void a_line_names_kind_times_duration_and_speed() {
        assertThat(Fault.parse("half-file times=2")).isEqualTo(Fault.times(Fault.Kind.HALF_FILE, 2));
        assertThat(Fault.parse(" disk-full   seconds=30 "))
                .isEqualTo(Fault.during(Fault.Kind.DISK_FULL, Duration.ofSeconds(30)));
        assertThat(Fault.parse("slow bytes-per-second=2000 seconds=10"))
                .isEqualTo(Fault.slow(2000, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explode", "half-file times", "half-file times=x", "slow seconds=1", "down times=0", ""})
    void a_line_that_is_not_one_is_refused(String line) {
        assertThatThrownBy(() -> Fault.parse(line))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(DistrictError.BAD_FAULT));
    }
}

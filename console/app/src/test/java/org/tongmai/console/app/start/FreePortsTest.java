package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;

class FreePortsTest {
    @Test
    void a_port_that_somebody_will_listen_on_later_is_not_given_away() {
        List<Integer> refused = new ArrayList<>();
        List<Integer> firstOfferIsReserved = new ArrayList<>(List.of(0)) {
            @Override
            public boolean contains(Object port) {
                return refused.isEmpty() && refused.add((Integer) port);
            }
        };

        assertThat(FreePorts.any(firstOfferIsReserved)).isNotIn(refused).isPositive();
        assertThat(refused).hasSize(1);
    }

    @Test
    void a_taken_port_is_named_with_its_setting() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> FreePorts.check(Map.of("tongmai.ports.http", taken.getLocalPort())))
                    .isInstanceOf(CodedException.class)
                    .hasMessageContaining(AppError.PORT_IN_USE.code())
                    .hasMessageContaining("tongmai.ports.http");
        }
    }
}

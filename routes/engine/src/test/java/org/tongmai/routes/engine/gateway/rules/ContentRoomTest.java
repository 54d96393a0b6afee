package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRoomTest {
    private static final ContentRoom ROOM = new ContentRoom(1_000, 4_000);
    private static final String RULES =
            """
            {"services": [{"id": "images", "content": {"maxBody": 1, "largeBody": %s},
              "transport": {"kind": "http", "parameters": {"largeBody": "%s"}}}]}""";

    @ParameterizedTest
    @CsvSource({
        "1001, 0, services[images].content.largeBody, 'found: 1001 (expected: at most 1000, a quarter of'",
        "0, 4001, services[images].transport.parameters, 'found: largeBody 4001 (expected: at most 4000,'"
    })
    void what_there_can_never_be_room_for_is_refused(String request, String answer, String place, String detail) {
        assertThat(ROOM.violations(
                        RuleFiles.read(RULES.formatted(request, answer)).services()))
                .singleElement()
                .satisfies(issue -> {
                    assertThat(issue.location()).isEqualTo(place);
                    assertThat(issue.detail()).startsWith(detail).contains("tongmai.gateway.spool-room");
                });
    }

    @Test
    void what_fits_is_taken() {
        assertThat(ROOM.violations(
                        RuleFiles.read(RULES.formatted("1000", "4000")).services()))
                .isEmpty();
    }
}

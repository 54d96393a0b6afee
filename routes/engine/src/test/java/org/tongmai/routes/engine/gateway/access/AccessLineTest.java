package org.tongmai.routes.engine.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLineTest {
    @Test
    void what_a_caller_can_make_long_takes_room_while_it_waits() {
        AccessLine.Call call = new AccessLine.Call(null, "", "", "", "", "GET", "p".repeat(100), "q".repeat(2_000), "");
        AccessLine.Content content = new AccessLine.Content("t".repeat(30_000), new byte[400_000], 5_000_000);

        assertThat(new AccessLine(Instant.EPOCH, call, null, null, null).bytes())
                .isEqualTo(2_100);
        assertThat(new AccessLine(Instant.EPOCH, call, null, content, null).bytes())
                .isEqualTo(432_100);
    }

    @Test
    void a_line_that_waits_shows_nothing_of_what_it_holds() {
        AccessLine.Call call = new AccessLine.Call(null, "t-1", "", "", "", "GET", "/of/zhangsan", "name=zhangsan", "");
        AccessLine.Content content = new AccessLine.Content("x/zhangsan", "zhangsan".getBytes(UTF_8), 8);

        assertThat(new AccessLine(Instant.EPOCH, call, null, content, content).toString())
                .contains("t-1")
                .doesNotContain("zhangsan");
    }
}

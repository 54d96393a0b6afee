package org.tongmai.adapters.hl7mllp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;

class ReplyOrderTest {
    private static final byte[] HEAD =
            "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|C1|P|2.5\r".getBytes(StandardCharsets.UTF_8);

    private final ByteBudget full = new ByteBudget(1);
    private final Refusals refusals = new Refusals(new Hl7Acknowledgement(Clock.systemDefaultZone()), null);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @Test
    void a_connection_that_closes_is_read_to_its_end_though_the_listener_has_no_room_for_more() {
        full.add(1); // of other connections
        channel.freezeTime();
        channel.pipeline()
                .addLast(new ReplyOrder(1, new ReplyOrder.Shared(full, refusals, new Complaints(), () -> false)));
        Issue reason = Issue.of(MllpError.NO_ROOM_FOR_FRAME, "", "scripted");
        channel.writeInbound(new Frame.Broken(HEAD, reason, Frame.Then.CLOSE));

        assertThat((byte[]) channel.readOutbound())
                .asString(StandardCharsets.UTF_8)
                .contains("MSA|AE|C1");
        assertThat(channel.config().isAutoRead())
                .as("closing with unread bytes would reset the connection, and the answer be lost")
                .isTrue();
        full.add(-1);
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}

package org.tongmai.adapters.hl7mllp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;

class ReplyOrderTest {
    private static final byte[] HEAD =
            "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|C1|P|2.5\r".getBytes(StandardCharsets.UTF_8);

    private final ByteBudget full = new ByteBudget(1);
    private final Refusals refusals = new Refusals(
            new AcknowledgementMode(
                    new Hl7Acknowledgement(Clock.systemDefaultZone()),
                    AcknowledgeWhen.PROCESSED,
                    AcknowledgementMode.Silence.NEVER),
            null);
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

    @Test
    void what_is_in_process_when_the_time_of_a_listener_that_ends_is_up_is_refused_and_a_batch_has_its_answer() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(new ReplyOrder(
                        2, new ReplyOrder.Shared(new ByteBudget(10_000), refusals, new Complaints(), () -> true)));
        channel.writeInbound(whole(message("C1")));
        channel.writeInbound(whole("BHS|^~\\&|A|B|C|D\r" + message("C2") + message("C3") + message("C4") + "BTS|3\r"));
        channel.writeInbound(whole(message("C5")));
        channel.pipeline().close();
        InboundMessage first = channel.readInbound();
        InboundMessage second = channel.readInbound();
        channel.writeOutbound(new Reply(second, List.of(ascii("MSA|AA|C2\r"))));
        channel.advanceTimeBy(59, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.outboundMessages())
                .as("the one before is in process")
                .isEmpty();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(text()).contains("MSA|AE|C1", "TM-MLLP-0020");
        assertThat(text()).contains("MSA|AA|C2", "MSA|AE|C3", "MSA|AE|C4", "BTS|3");
        assertThat((Object) channel.readInbound()).as("nothing more is begun").isNull();
        channel.writeOutbound(new Reply(first, List.of(ascii("MSA|AA|C1\r"))));
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.outboundMessages()).as("and nothing answered twice").isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    private String text() {
        return new String(channel.<byte[]>readOutbound(), StandardCharsets.UTF_8);
    }

    private static Frame whole(String content) {
        return new Frame.Whole(ascii(content));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String message(String controlId) {
        return "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|" + controlId + "|P|2.5\rPID|1||P1\r";
    }
}

package org.tongmai.adapters.hl7mllp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;

class ComplaintsTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Complaints.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Complaints complaints = new Complaints(MINUTE);

    @BeforeEach
    void listen() {
        channel.freezeTime();
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        channel.close();
    }

    private void complain(int times) {
        for (int i = 0; i < times; i++) {
            complaints.about(MllpError.TOO_MANY_CONNECTIONS, "(2 open)", "peer " + i, channel.eventLoop());
        }
    }

    private void minutePasses() {
        channel.advanceTimeBy(MINUTE, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void a_thousand_of_a_kind_are_two_lines_and_the_next_after_a_quiet_minute_is_told_again() {
        complain(1000);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("TM-MLLP-0004 (2 open) peer 0: The listener has as many connections as it takes");
        minutePasses();
        assertThat(lines.list.get(1).getFormattedMessage())
                .isEqualTo("TM-MLLP-0004 (2 open) 999 more times within 60 s");
        minutePasses();
        complain(1);
        assertThat(lines.list).hasSize(3);
    }

    @Test
    void one_alone_is_one_line() {
        complain(1);
        minutePasses();
        minutePasses();
        assertThat(lines.list).hasSize(1);
    }
}

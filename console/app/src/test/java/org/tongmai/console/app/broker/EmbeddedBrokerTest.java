package org.tongmai.console.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.jms.JMSException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.management.ObjectName;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;
import org.tongmai.console.app.settings.BrokerSettings;
import org.tongmai.standards.error.CodedException;

class EmbeddedBrokerTest {
    private static final String PASSWORD = "of this test";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void a_start_that_fails_is_said_and_tried_again_until_it_comes_up() throws Exception {
        Path journal = folder.resolve("journal");
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(EmbeddedBroker.class);
        log.addAppender(said);
        try (EmbeddedBroker broker = broker(4_711)) {
            broker.start();
            connect(broker);

            Files.move(journal, folder.resolve("away"));
            Files.writeString(journal, "a file where the folder should be");
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("org.apache.activemq.artemis:broker=\"tongmai\""),
                            "forceFailover",
                            new Object[0],
                            new String[0]);
            await("a start that fails").atMost(LIMIT).until(() -> said.list.stream()
                    .anyMatch(event -> event.getFormattedMessage().startsWith("TM-APP-0007")));

            await("the folder, which each start may make anew")
                    .ignoreExceptions()
                    .until(() -> {
                        FileSystemUtils.deleteRecursively(journal);
                        Files.move(folder.resolve("away"), journal);
                        return true;
                    });
            await("the broker").atMost(LIMIT).untilAsserted(() -> assertThatCode(() -> connect(broker))
                    .doesNotThrowAnyException());
        } finally {
            log.detachAppender(said);
        }
    }

    @Test
    void the_platform_does_not_start_with_a_broker_that_does_not() throws Exception {
        Files.writeString(folder.resolve("journal"), "a file where the folder should be");
        EmbeddedBroker broker = broker(4_712);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThatThrownBy(broker::start).isInstanceOf(CodedException.class).hasMessageStartingWith("TM-APP-0007");
        await("nothing of it is left")
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread ->
                                !before.contains(thread) && !thread.getName().startsWith("awaitility"))
                        .isEmpty());
        broker.close();
    }

    private EmbeddedBroker broker(int number) {
        BrokerSettings settings = new BrokerSettings("", "", "", "", DataSize.ofMegabytes(8), 100);
        return new EmbeddedBroker(folder, settings, PASSWORD, number);
    }

    private static void connect(EmbeddedBroker broker) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url(), broker.user(), PASSWORD)) {
            factory.setReconnectAttempts(0);
            factory.createConnection().close();
        }
    }
}

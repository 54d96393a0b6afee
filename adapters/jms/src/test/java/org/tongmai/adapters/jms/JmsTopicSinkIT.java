package org.tongmai.adapters.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.error.CodedException;

class JmsTopicSinkIT {
    private static final String URL = "vm://7";
    private static final String QUEUE = "canonical.admissions::subscriber";

    @TempDir
    private Path folder;

    private EmbeddedActiveMQ broker;
    private DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        startBroker();
        assertThat(receive()).as("the subscriber's queue exists and is empty").isEmpty();
        camel = new DefaultCamelContext();
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
        factory.setReconnectAttempts(0);
        factory.setBlockOnDurableSend(false);
        camel.getRegistry().bind("jmsConnectionFactory", factory);
        camel.start();
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        broker.stop();
    }

    @Test
    void a_batch_arrives_in_order_without_content() throws Exception {
        deliver(batch(1, 3));

        List<String> received = receive();
        assertThat(received).hasSize(3);
        assertThat(received.get(0))
                .contains("\"messageId\":\"1\"")
                .contains("\"reference\":\"Patient/p1\"")
                .contains("\"versionId\":\"1\"");
        assertThat(received.get(2)).contains("\"messageId\":\"3\"");
    }

    @Test
    void a_batch_that_comes_again_is_not_published_twice() throws Exception {
        deliver(batch(1, 3));
        deliver(batch(1, 3));

        assertThat(receive()).hasSize(3);
    }

    @Test
    void of_a_batch_that_is_there_in_part_the_rest_is_published() throws Exception {
        deliver(batch(1, 2));
        deliver(batch(1, 4));

        assertThat(receive()).hasSize(4);
    }

    @Test
    void a_repetition_is_recognised_after_the_broker_was_restarted() throws Exception {
        deliver(batch(1, 3));
        broker.stop();
        startBroker();
        catchThrowable(() -> deliver(batch(1, 3)));
        deliver(batch(1, 3));

        assertThat(receive()).hasSize(3);
    }

    @Test
    void while_the_broker_is_away_a_batch_fails_retryably_and_afterwards_it_is_taken() throws Exception {
        deliver(batch(1, 1));
        broker.stop();

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(catchThrowable(() -> deliver(batch(2, 2))))
                    .isInstanceOfSatisfying(CodedException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(JmsError.BROKER_AWAY);
                        assertThat(failure.retryable()).isTrue();
                    });
        }

        startBroker();
        deliver(batch(2, 2));
        assertThat(receive()).hasSize(2);
    }

    @Test
    void without_an_address_an_event_goes_to_the_topic_of_its_channel() throws Exception {
        deliver("kamelet:jms-topic-sink", batch(1, 3));

        assertThat(receive("canonical.patient-administration::channel")).hasSize(3);
    }

    @Test
    void its_connection_ends_with_its_route() throws Exception {
        deliver(batch(1, 1));
        assertThat(broker.getActiveMQServer().getSessions()).isNotEmpty();

        for (Route route : camel.getRoutes()) {
            camel.getRouteController().stopRoute(route.getRouteId());
        }

        assertThat(broker.getActiveMQServer().getSessions()).isEmpty();
    }

    @Test
    void a_body_that_is_not_a_batch_is_refused_for_good() {
        assertThat(catchThrowable(() -> deliver("text"))).isInstanceOfSatisfying(CodedException.class, failure -> {
            assertThat(failure.code()).isEqualTo(JmsError.BODY_NOT_A_BATCH);
            assertThat(failure.retryable()).isFalse();
        });
    }

    private void deliver(Object body) {
        deliver("kamelet:jms-topic-sink?address=canonical.admissions", body);
    }

    private void deliver(String sink, Object body) {
        Exchange done =
                camel.createFluentProducerTemplate().to(sink).withBody(body).send();
        if (done.getException() != null) {
            throw (RuntimeException) done.getException();
        }
    }

    private static CanonicalBatch batch(long first, long last) {
        List<CanonicalDelivery> deliveries = LongStream.rangeClosed(first, last)
                .mapToObj(number -> new CanonicalEvent(
                        number,
                        "patient-administration",
                        "ADT^A01",
                        "Patient/p1",
                        List.of(new ResourceVersion("Patient", "p1", (int) number)),
                        Instant.EPOCH))
                .map(event -> new CanonicalDelivery(event, List.of()))
                .toList();
        return new CanonicalBatch(first, "bundle.deliver", deliveries);
    }

    private List<String> receive() throws JMSException {
        return receive(QUEUE);
    }

    private List<String> receive(String queue) throws JMSException {
        List<String> texts = new ArrayList<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(URL);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            for (TextMessage message = (TextMessage) consumer.receive(300);
                    message != null;
                    message = (TextMessage) consumer.receive(300)) {
                texts.add(message.getText());
            }
        }
        return texts;
    }

    private void startBroker() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("inside", URL);
        configuration.addQueueConfiguration(subscription("subscriber", "canonical.admissions"));
        configuration.addQueueConfiguration(subscription("channel", "canonical.patient-administration"));
        broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
    }

    private static QueueConfiguration subscription(String queue, String address) {
        return QueueConfiguration.of(queue)
                .setAddress(address)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(true);
    }
}

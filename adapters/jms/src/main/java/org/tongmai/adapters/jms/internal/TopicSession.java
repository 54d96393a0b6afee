package org.tongmai.adapters.jms.internal;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.standards.canonical.CanonicalDelivery;
import org.tongmai.standards.canonical.CanonicalEvent;

/** One transacted session. For one thread at a time. */
final class TopicSession {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSession.class);
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private static final String GROUP = "JMSXGroupID";

    private final Connection connection;
    private final Session session;
    private final String address;
    /** One a topic: one for all would ask the broker about its topic with every message, and wait for the answer. */
    private final Map<String, MessageProducer> producers = new HashMap<>();

    private TopicSession(Connection connection, Session session, String address) {
        this.connection = connection;
        this.session = session;
        this.address = address;
    }

    /**
     * @param factory of the broker's connections
     * @param address topic to publish to; empty for {@code canonical.<topic of the event>}
     */
    static TopicSession open(ConnectionFactory factory, String address) throws JMSException {
        Connection connection = factory.createConnection();
        try {
            return new TopicSession(connection, connection.createSession(true, Session.SESSION_TRANSACTED), address);
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    void publish(List<CanonicalDelivery> deliveries) throws JMSException {
        try {
            for (CanonicalDelivery delivery : deliveries) {
                send(delivery.event());
            }
            session.commit();
        } catch (JMSException e) {
            if (!BrokerFailure.isDuplicate(e)) {
                throw e;
            }
            // The broker has a part of the batch and refused the whole of it; one by one only the new ones are taken.
            session.rollback();
            for (CanonicalDelivery delivery : deliveries) {
                publishUnlessThere(delivery.event());
            }
        }
    }

    private void publishUnlessThere(CanonicalEvent event) throws JMSException {
        try {
            send(event);
            session.commit();
        } catch (JMSException e) {
            if (!BrokerFailure.isDuplicate(e)) {
                throw e;
            }
            session.rollback();
        }
    }

    private void send(CanonicalEvent event) throws JMSException {
        producer(address.isEmpty() ? "canonical." + event.topic() : address).send(message(event));
    }

    private MessageProducer producer(String topic) throws JMSException {
        MessageProducer known = producers.get(topic);
        if (known != null) {
            return known;
        }
        MessageProducer producer = session.createProducer(session.createTopic(topic));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producers.put(topic, producer);
        return producer;
    }

    private TextMessage message(CanonicalEvent event) throws JMSException {
        TextMessage message = session.createTextMessage(EventJson.of(event));
        message.setStringProperty(DUPLICATE_ID, event.topic() + "/" + event.messageId());
        // One patient's events reach one consumer of a group, in order.
        message.setStringProperty(GROUP, event.patientKey());
        return message;
    }

    void close() {
        try {
            connection.close();
        } catch (JMSException e) {
            LOG.debug("The connection was lost already: {}", BrokerFailure.kindOf(e));
        }
    }
}

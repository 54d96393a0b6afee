package org.tongmai.adapters.jms.internal;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.tongmai.adapters.jms.JmsError;
import org.tongmai.standards.canonical.CanonicalBatch;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Publishes a batch to a topic in one transaction, one message a delivery. Every message carries its number as the
 * broker's duplicate id, so a batch that comes again after a crash is not published twice. Keeps one session; after a
 * failure the next batch opens a new one. The session ends with the route.
 */
public final class TopicPublisher extends ServiceSupport implements Processor {
    private static final String CONNECTION_FACTORY = "jmsConnectionFactory";

    private String address = "";
    private TopicSession session;

    /** The broker's address (topic) to publish to; empty for the one of each event's canonical channel. */
    public void setAddress(String address) {
        this.address = address == null ? "" : address;
    }

    @Override
    public synchronized void process(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof CanonicalBatch batch)) {
            throw new CodedException(Issue.of(JmsError.BODY_NOT_A_BATCH, address, "expected: CanonicalBatch"));
        }
        TopicSession open = open(exchange);
        try {
            open.publish(batch.deliveries());
        } catch (JMSException e) {
            end();
            throw new CodedException(Issue.of(BrokerFailure.codeOf(e), address, BrokerFailure.kindOf(e)), e);
        }
    }

    private TopicSession open(Exchange exchange) {
        if (session != null) {
            return session;
        }
        ConnectionFactory factory =
                exchange.getContext().getRegistry().lookupByNameAndType(CONNECTION_FACTORY, ConnectionFactory.class);
        if (factory == null) {
            throw new CodedException(
                    Issue.of(JmsError.NO_CONNECTION_FACTORY, address, "expected: a bean " + CONNECTION_FACTORY));
        }
        try {
            session = TopicSession.open(factory, address);
            return session;
        } catch (JMSException e) {
            throw new CodedException(Issue.of(JmsError.BROKER_AWAY, address, BrokerFailure.kindOf(e)), e);
        }
    }

    @Override
    protected void doStop() {
        end();
    }

    private synchronized void end() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}

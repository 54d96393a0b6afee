package org.tongmai.adapters.jms.internal;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.TimeUtils;
import org.tongmai.adapters.jms.JmsError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpCall;

/**
 * The bean of the kamelet {@code jms-message-action}: puts a call on a queue or a topic, and goes on when it is durable, or with
 * the reply. Its thread waits; each that calls at once has a session of its own, which is kept.
 */
public final class MessageCaller extends ServiceSupport implements Processor {
    private static final String CONNECTION_FACTORY = "jmsConnectionFactory";
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    /** The platform's own events, and the broker's management: nobody else may publish there. */
    private static final List<String> NOT_FOR_CALLS = List.of("canonical.", "activemq.", "notif.");

    private final ConcurrentLinkedDeque<CallSession> idle = new ConcurrentLinkedDeque<>();
    private CallSession.Place place = new CallSession.Place("", CallSession.Kind.QUEUE);
    private CallSession.Reply reply = CallSession.Reply.NONE;
    private Duration answerTimeout = Duration.ofSeconds(30);

    @Override
    public void process(Exchange exchange) {
        HttpCall call = exchange.getMessage().getBody(HttpCall.class);
        Long limit = exchange.getProperty(ExchangeNames.TIME_LIMIT, Long.class);
        long milliseconds = limit == null ? answerTimeout.toMillis() : Math.min(limit, answerTimeout.toMillis());
        CallSession.Caller caller = new CallSession.Caller(
                exchange.getProperty(ExchangeNames.CALL_TRACE, String.class),
                exchange.getProperty(ExchangeNames.CALL_APPLICATION, String.class));
        CallSession session = open(exchange);
        boolean whole = false;
        try {
            exchange.getMessage().setBody(session.call(call, caller, reply, milliseconds));
            whole = true;
        } catch (JMSException e) {
            throw new CodedException(Issue.of(BrokerFailure.codeOf(e), place.address(), BrokerFailure.kindOf(e)), e);
        } finally {
            // After a failure a late reply, or half a transaction, would be the next call's.
            if (whole) {
                idle.push(session);
            } else {
                session.close();
            }
            if (!isRunAllowed()) {
                closeIdle();
            }
        }
    }

    private CallSession open(Exchange exchange) {
        for (CallSession kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isOpen()) {
                return kept;
            }
            kept.close();
        }
        ConnectionFactory factory =
                exchange.getContext().getRegistry().lookupByNameAndType(CONNECTION_FACTORY, ConnectionFactory.class);
        if (factory == null) {
            throw new CodedException(Issue.of(
                    JmsError.NO_CONNECTION_FACTORY, place.address(), "expected: a bean " + CONNECTION_FACTORY));
        }
        try {
            return CallSession.open(factory, place);
        } catch (JMSException e) {
            throw new CodedException(Issue.of(JmsError.BROKER_AWAY, place.address(), BrokerFailure.kindOf(e)), e);
        }
    }

    /** With its route: nobody else ends what it keeps. */
    @Override
    protected void doStop() {
        closeIdle();
    }

    private void closeIdle() {
        for (CallSession kept = idle.poll(); kept != null; kept = idle.poll()) {
            kept.close();
        }
    }

    /** @param address of the broker; none of the platform's own events */
    public void setAddress(String address) {
        if (!ADDRESS.matcher(address).matches() || NOT_FOR_CALLS.stream().anyMatch(address::startsWith)) {
            throw new IllegalArgumentException("expected the name of a queue or a topic, none of " + NOT_FOR_CALLS);
        }
        place = new CallSession.Place(address, place.kind());
    }

    /** @param kind {@code queue} or {@code topic} */
    public void setKind(String kind) {
        place = new CallSession.Place(place.address(), CallSession.Kind.of(kind));
    }

    /** @param reply {@code none} to answer when the message is durable, {@code wait} to answer with the reply to it */
    public void setReply(String reply) {
        this.reply = CallSession.Reply.of(reply);
    }

    /** @param answerTimeout how long a call may take, where the exchange has no shorter limit */
    public void setAnswerTimeout(String answerTimeout) {
        this.answerTimeout = Duration.ofMillis(TimeUtils.toMilliSeconds(answerTimeout));
    }
}

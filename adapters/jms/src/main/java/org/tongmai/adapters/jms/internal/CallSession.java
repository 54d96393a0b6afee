package org.tongmai.adapters.jms.internal;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.jms.JmsError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** One transacted session that puts calls on one queue or topic. For one thread at a time. */
final class CallSession {
    private static final Logger LOG = LoggerFactory.getLogger(CallSession.class);
    private static final int ACCEPTED = 202;
    private static final int ANSWERED = 200;
    private static final String CONTENT_TYPE = "contentType";
    private static final String TRACE = "trace";
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
    private static final int LARGEST_REPLY = 10 * 1024 * 1024;

    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;
    private TemporaryQueue replies;
    private MessageConsumer replied;
    private volatile boolean lost;

    /** Who calls, as the gateway says; null for what it does not say. */
    record Caller(String trace, String application) {}

    /** Where messages are put. */
    record Place(String address, Kind kind) {}

    /** Who gets a message. */
    enum Kind {
        /** One consumer. */
        QUEUE,
        /** Every subscription there is. */
        TOPIC;

        static Kind of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether a reply is waited for. */
    enum Reply {
        NONE,
        WAIT;

        static Reply of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    private CallSession(Connection connection, Session session, MessageProducer producer) {
        this.connection = connection;
        this.session = session;
        this.producer = producer;
    }

    static CallSession open(ConnectionFactory factory, Place place) throws JMSException {
        Connection connection = factory.createConnection();
        try {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(
                    place.kind() == Kind.QUEUE
                            ? session.createQueue(place.address())
                            : session.createTopic(place.address()));
            CallSession opened = new CallSession(connection, session, producer);
            connection.setExceptionListener(failure -> opened.lost = true);
            connection.start();
            return opened;
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    boolean isOpen() {
        return !lost;
    }

    /** @param milliseconds how long a reply is waited for; a request nobody took by then is not handed out any more */
    HttpAnswer call(HttpCall call, Caller caller, Reply reply, long milliseconds) throws JMSException {
        Message message = message(call, caller);
        if (reply == Reply.NONE) {
            return durable(message);
        }
        if (replies == null) {
            replies = session.createTemporaryQueue();
            replied = session.createConsumer(replies);
        }
        String correlation = UUID.randomUUID().toString();
        message.setJMSReplyTo(replies);
        message.setJMSCorrelationID(correlation);
        producer.send(message, DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, milliseconds);
        session.commit();
        return answer(reply(correlation, message.getJMSMessageID(), milliseconds));
    }

    /** Of a call that is tried again the broker takes one message: after a failure nobody knows whether it has it. */
    private HttpAnswer durable(Message message) throws JMSException {
        String trace = message.getStringProperty(TRACE);
        if (trace != null) {
            message.setStringProperty(DUPLICATE_ID, "call/" + trace);
        }
        try {
            producer.send(message, DeliveryMode.PERSISTENT, Message.DEFAULT_PRIORITY, Message.DEFAULT_TIME_TO_LIVE);
            session.commit();
        } catch (JMSException e) {
            if (!BrokerFailure.isDuplicate(e)) {
                throw e;
            }
            session.rollback();
            return new HttpAnswer(ACCEPTED, HttpFields.NONE, new byte[0]);
        }
        byte[] body = ("{\"message\":\"" + message.getJMSMessageID() + "\"}").getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(ACCEPTED, HttpFields.of("content-type", "application/json"), body);
    }

    /** A reply names the request by its correlation id, or else by its message id. */
    private Message reply(String correlation, String id, long milliseconds) throws JMSException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        for (long left = milliseconds; left > 0; left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())) {
            Message reply = replied.receive(left);
            if (reply == null) {
                break;
            }
            session.commit();
            if (correlation.equals(reply.getJMSCorrelationID()) || id.equals(reply.getJMSCorrelationID())) {
                return reply;
            }
        }
        if (lost) {
            throw new CodedException(Issue.of(JmsError.BROKER_AWAY, "", "expected a reply first"));
        }
        throw new CodedException(
                Issue.of(JmsError.NOT_ANSWERED, "", "expected a reply within " + milliseconds + " ms"));
    }

    private Message message(HttpCall call, Caller caller) throws JMSException {
        String text = text(call.body());
        Message message = text == null ? session.createBytesMessage() : session.createTextMessage(text);
        if (message instanceof BytesMessage bytes) {
            bytes.writeBytes(call.body());
        }
        message.setStringProperty("method", call.method());
        message.setStringProperty("path", call.path());
        message.setStringProperty("query", call.query());
        set(message, CONTENT_TYPE, call.fields().first("content-type").orElse(null));
        set(message, "application", caller.application());
        set(message, TRACE, caller.trace());
        return message;
    }

    private static void set(Message message, String name, String value) throws JMSException {
        if (value != null) {
            message.setStringProperty(name, value);
        }
    }

    /** Text where the bytes are UTF-8; null for others. */
    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static HttpAnswer answer(Message reply) throws JMSException {
        byte[] body;
        String type;
        String said = reply instanceof TextMessage text ? Objects.requireNonNullElse(text.getText(), "") : null;
        if (said != null && said.length() <= LARGEST_REPLY) {
            body = said.getBytes(StandardCharsets.UTF_8);
            type = "text/plain; charset=utf-8";
        } else if (reply instanceof BytesMessage bytes && bytes.getBodyLength() <= LARGEST_REPLY) {
            body = new byte[(int) bytes.getBodyLength()];
            bytes.readBytes(body);
            type = "application/octet-stream";
        } else {
            throw new CodedException(
                    Issue.of(JmsError.REPLY_UNREADABLE, "", "expected a text or bytes, at most " + LARGEST_REPLY));
        }
        String named = reply.getStringProperty(CONTENT_TYPE);
        boolean plain = named != null && named.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return new HttpAnswer(ANSWERED, HttpFields.of("content-type", plain ? named : type), body);
    }

    void close() {
        try {
            connection.close();
        } catch (JMSException e) {
            LOG.debug("The connection was lost already: {}", BrokerFailure.kindOf(e));
        }
    }
}

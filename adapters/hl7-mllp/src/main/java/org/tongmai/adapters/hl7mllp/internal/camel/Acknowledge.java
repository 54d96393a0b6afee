package org.tongmai.adapters.hl7mllp.internal.camel;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.InboundMessage;
import org.tongmai.adapters.hl7mllp.internal.Reply;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Turns what became of a message into its answer. In this order: what reading found, the engine's outcome, a failure of
 * the route; when there is none of these the message was processed.
 */
public final class Acknowledge implements Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Acknowledge.class);

    private MllpSource source;

    /** @param source the listener whose settings it answers with */
    public void setSource(MllpSource source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMessage inbound = exchange.getProperty(ReadFrame.FRAME, InboundMessage.class);
        if (inbound.abandoned()) {
            // The sender will repeat the message and get its answer then.
            exchange.getMessage().setBody(null);
            return;
        }
        Hl7Header header = exchange.getProperty(ReadFrame.HEADER, Hl7Header.class);
        ReceivedMessage received = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
        Outcome outcome = outcome(exchange);
        List<byte[]> answers = source.settings().mode().answers(header, received.charset(), outcome);
        exchange.getMessage().setBody(inbound.connected() ? new Reply(inbound, answers) : joined(answers));
    }

    private static byte[] joined(List<byte[]> answers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        answers.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static Outcome outcome(Exchange exchange) {
        Outcome known = exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
        List<?> unreadable = exchange.getProperty(ExchangeNames.READ_ISSUES, List.class);
        if (unreadable != null) {
            List<Issue> issues = unreadable.stream().map(Issue.class::cast).toList();
            // Numbered 0 on purpose: what could not be read was never accepted, even though it is in the journal.
            return new Outcome(Disposition.REFUSED, 0, issues);
        }
        if (known != null) {
            return known;
        }
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        Long messageId = exchange.getProperty(ExchangeNames.MESSAGE_ID, 0L, Long.class);
        return failure == null
                ? new Outcome(Disposition.PROCESSED, messageId, List.of())
                : new Outcome(Disposition.REFUSED, messageId, issues(failure));
    }

    private static List<Issue> issues(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof CodedException coded) {
                return coded.issues();
            }
            cause = cause.getCause();
        }
        LOG.error(
                "{}: {}", MllpError.PROCESSING_FAILED.code(), failure.getClass().getName());
        return List.of(Issue.of(MllpError.PROCESSING_FAILED, "", ""));
    }
}

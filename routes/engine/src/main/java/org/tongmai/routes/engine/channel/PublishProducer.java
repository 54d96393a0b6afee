package org.tongmai.routes.engine.channel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalService.Origin;
import org.tongmai.routes.engine.journal.camel.GoingOn;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Stores the bundle and puts it on its channel, in one transaction with the message's state. */
final class PublishProducer extends DefaultAsyncProducer {
    private final JournalService journal;
    private final String topic;

    PublishProducer(CanonicalEndpoint endpoint, JournalService journal, String topic) {
        super(endpoint);
        this.journal = journal;
        this.topic = topic;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Long messageId = exchange.getProperty(ExchangeNames.MESSAGE_ID, Long.class);
        if (messageId == null) {
            return fail(exchange, callback, JournalError.NOT_JOURNALLED, "expected: a feed's message");
        }
        if (!(exchange.getMessage().getBody() instanceof CanonicalBundle bundle)) {
            return fail(exchange, callback, JournalError.NOT_A_BUNDLE, "expected: the result of toType fhir:bundle");
        }
        CanonicalBundle published = topic.isEmpty() || topic.equals(bundle.topic())
                ? bundle
                : new CanonicalBundle(
                        topic,
                        bundle.event(),
                        bundle.patientKey(),
                        bundle.resources(),
                        bundle.issues(),
                        bundle.alsoPatients());
        journal.publish(messageId, origin(exchange), published).whenComplete((outcome, failure) -> {
            if (failure == null) {
                exchange.setProperty(ExchangeNames.PUBLISHED, outcome);
            } else {
                exchange.setException(coded(failure));
            }
            GoingOn.from(exchange, callback, journal);
        });
        return false;
    }

    private static Origin origin(Exchange exchange) {
        ReceivedMessage received = exchange.getProperty(ExchangeNames.RECEIVED, ReceivedMessage.class);
        MappingEngine versions = exchange.getProperty(ExchangeNames.MAPPINGS, MappingEngine.class);
        return new Origin(received == null ? "" : received.format(), versions == null ? "" : versions.fingerprint());
    }

    private static boolean fail(Exchange exchange, AsyncCallback callback, JournalError error, String detail) {
        exchange.setException(new CodedException(Issue.of(error, "", detail)));
        callback.done(true);
        return true;
    }

    private static Throwable coded(Throwable failure) {
        return failure.getCause() instanceof CodedException coded ? coded : failure;
    }
}

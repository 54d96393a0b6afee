package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultExchange;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Sends a journalled message through its feed's route as a child of itself, and waits for the outcome. */
public final class ReplayCall {
    private final CamelContext camel;
    private final ContentLoader contents;
    private final Predicate<ReceivedMessage> mapped;

    public ReplayCall(CamelContext camel, ContentLoader contents, Predicate<ReceivedMessage> mapped) {
        this.camel = camel;
        this.contents = contents;
        this.mapped = mapped;
    }

    /** Whether the message would be mapped now. */
    boolean wouldBeMapped(long messageId) throws SQLException {
        return mapped.test(contents.original(messageId));
    }

    /**
     * @return the child's number; also when its content was refused, which its row tells
     * @throws CodedException retryable, when the feed does not run or can not take it now
     */
    public long replay(long messageId, String feed) throws SQLException {
        Route route = camel.isRunAllowed() ? camel.getRoute(feed) : null;
        if (route == null || !camel.getRouteController().getRouteStatus(feed).isStarted()) {
            throw new CodedException(Issue.of(DeliveryError.FEED_NOT_RUNNING, feed, ""));
        }
        Exchange exchange = new DefaultExchange(camel, ExchangePattern.InOnly);
        ReceivedMessage message = contents.original(messageId);
        exchange.getIn().setBody(message);
        exchange.setProperty(ExchangeNames.PARENT_ID, messageId);
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, AcknowledgeWhen.PROCESSED);
        try {
            Processor reader = camel.getRegistry()
                    .lookupByNameAndType(ExchangeNames.REPLAY_READER + message.format(), Processor.class);
            if (reader != null) {
                reader.process(exchange);
            }
            route.getProcessor().process(exchange);
        } catch (Exception e) { // Camel's processor declares Exception
            exchange.setException(e);
        }
        return childOf(exchange, feed);
    }

    private static long childOf(Exchange exchange, String feed) {
        Outcome outcome = exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
        Long child = exchange.getProperty(ExchangeNames.MESSAGE_ID, Long.class);
        if (exchange.getException() != null || outcome == null) {
            throw new CodedException(
                    Issue.of(DeliveryError.FEED_NOT_RUNNING, feed, "no outcome"), exchange.getException());
        }
        boolean tryLater = !outcome.positive() && outcome.issues().get(0).code().retryable();
        if (tryLater || child == null) {
            throw new CodedException(outcome.issues(), null);
        }
        return child;
    }
}

package org.tongmai.adapters.fhir.internal.write;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * Makes a {@link org.tongmai.standards.canonical.CanonicalBundle} of a request that writes:
 * {@code transformDataType: {fromType: "fhir:request", toType: "fhir:bundle"}}. A request that came a moment ago or
 * is replayed was read and judged before it was sent in; one that was accepted before a crash was judged then.
 */
public final class RequestTransformer extends Transformer {
    private final RequestReading reading;
    private final Planner planner;

    public RequestTransformer(CanonicalSearch search, RequestReading reading, FhirSettings settings) {
        super();
        setFrom(RequestReception.FORMAT);
        setTo("fhir:bundle");
        this.reading = reading;
        this.planner = new Planner(reading.types(), search, settings);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        ReceivedMessage received = (ReceivedMessage) message.getBody();
        Exchange exchange = message.getExchange();
        RawRequest request = RawRequest.parse(received.raw());
        Submission submission = exchange.getProperty(RequestFeed.SUBMISSION, Submission.class);
        if (submission == null) {
            submission = reading.reader().read(request);
        }
        Planner.Run run =
                exchange.getProperty(ExchangeNames.PARENT_ID) == null ? Planner.Run.RECEIVED : Planner.Run.REPLAYED;
        Planner.Plan plan = planner.plan(submission, sameForEveryAddress(received, request), run);
        exchange.setProperty(RequestFeed.BEFORE, plan.before());
        message.setBody(plan.bundle());
    }

    /** Ids that come from what a request says do not depend on the address it was sent to. */
    private static ReceivedMessage sameForEveryAddress(ReceivedMessage received, RawRequest request) {
        byte[] raw = request.withoutBase().bytes();
        return new ReceivedMessage(
                received.format(),
                raw,
                received.charset(),
                new String(raw, received.charset()),
                received.keys(),
                received.source(),
                received.receivedAt());
    }
}

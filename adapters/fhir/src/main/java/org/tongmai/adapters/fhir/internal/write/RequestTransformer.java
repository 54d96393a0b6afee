package org.tongmai.adapters.fhir.internal.write;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * Makes a {@link org.tongmai.standards.canonical.CanonicalBundle} of a request that writes:
 * {@code transformDataType: {fromType: "fhir:request", toType: "fhir:bundle"}}. A request that came a moment ago was read
 * and judged then; one that is replayed is read and judged here.
 */
public final class RequestTransformer extends Transformer {
    private final SubmissionReader reader;
    private final Judgement judgement;
    private final Planner planner;

    public RequestTransformer(CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {
        super();
        setFrom(RequestReception.FORMAT);
        setTo("fhir:bundle");
        StoredTypes types = new StoredTypes();
        this.reader = new SubmissionReader(types, settings.writing());
        this.judgement = new Judgement(validator, settings.writing().judging());
        this.planner = new Planner(types, search, judgement, settings);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        ReceivedMessage received = (ReceivedMessage) message.getBody();
        Exchange exchange = message.getExchange();
        RawRequest request = RawRequest.parse(received.raw());
        Submission submission = exchange.getProperty(RequestFeed.SUBMISSION, Submission.class);
        if (submission == null) {
            submission = reader.read(request);
            judgement.require(submission.changes());
        }
        Planner.Plan plan = planner.plan(submission, sameForEveryAddress(received, request));
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

package org.tongmai.adapters.fhir.internal.write;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.internal.Matching;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.validation.ResourceValidator;

/**
 * Reads requests and judges what they lead to, on the thread of who sends them: of the connection, or of the replay. A
 * patient's worker, which feeds wait for, never judges. As a processor it does so for a replay before it is sent in.
 */
public final class RequestReading implements Processor {
    /** Name in Camel's registry by which the engine finds what reads a replay. */
    public static final String REPLAYS = ExchangeNames.REPLAY_READER + RequestReception.FORMAT;

    private final StoredTypes types = new StoredTypes();
    private final Targets targets = new Targets(types);
    private final SubmissionReader reader;
    private final Judgement judgement;
    private final CanonicalSearch search;
    private final Matching matching;

    public RequestReading(CanonicalSearch search, ResourceValidator validator, FhirSettings settings) {
        this.reader = new SubmissionReader(types, settings.writing());
        this.judgement = new Judgement(validator, settings.writing().judging());
        this.search = search;
        this.matching = new Matching(search, settings);
    }

    StoredTypes types() {
        return types;
    }

    SubmissionReader reader() {
        return reader;
    }

    /**
     * Judges a request.
     *
     * @param budget of time, for all that came with it
     * @return the same, its patches tried on what is stored
     */
    Submission judged(Submission submission, Judgement.Budget budget) {
        List<Change> wholes = new ArrayList<>();
        if (submission.envelope().header() != null) {
            wholes.add(Change.header(submission.envelope().header()));
        }
        submission.changes().stream().filter(each -> each.patch() == null).forEach(wholes::add);
        judgement.require(wholes, budget);
        StoreView store = new StoreView(search, matching, submission.base());
        return submission.with(submission.changes().stream()
                .map(each -> each.patch() == null ? each : tried(each, store, budget))
                .toList());
    }

    private Change tried(Change change, StoreView store, Judgement.Budget budget) {
        try {
            Change whole = targets.patched(change, store);
            StoredResource stored = store.find(whole.type(), whole.id()).orElseThrow();
            judgement.requireNoWorse(whole, stored.resource().content(), budget);
            return whole;
        } catch (CodedException e) {
            if (e.retryable()) {
                throw e;
            }
            return change.looked(change.id(), null, new Patch.Look(0, e.issues()));
        }
    }

    @Override
    public void process(Exchange exchange) {
        ReceivedMessage message = exchange.getMessage().getBody(ReceivedMessage.class);
        try {
            Submission read = reader.read(RawRequest.parse(message.raw()));
            exchange.setProperty(RequestFeed.SUBMISSION, judged(read, new Judgement.Budget()));
        } catch (CodedException e) {
            if (e.retryable()) {
                throw e;
            }
            exchange.setProperty(ExchangeNames.READ_ISSUES, e.issues());
        }
    }
}

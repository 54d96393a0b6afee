package org.tongmai.adapters.fhir.internal.write;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** The way to the journal and the store: the route of a bundle that begins with {@code fhir-source}. */
interface Feed {
    /** Whether a route takes requests now. */
    boolean open();

    /** Sends a request in; the future never fails, a failure is a refusal. */
    CompletableFuture<Fate> send(Sending sending);

    /**
     * A request on its way.
     *
     * @param message as the journal keeps it
     * @param refusal why it is refused already; empty for a readable request
     * @param submission what it wants; null when it could not be read
     */
    record Sending(ReceivedMessage message, List<Issue> refusal, Submission submission) {}

    /**
     * What became of a request.
     *
     * @param outcome as the engine says it
     * @param before the version that each resource had; empty when it was not this request that stored them
     */
    record Fate(Outcome outcome, List<Integer> before) {}
}

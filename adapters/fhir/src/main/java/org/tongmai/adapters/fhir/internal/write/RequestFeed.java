package org.tongmai.adapters.fhir.internal.write;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;

/** Sends requests through the route whose source is the kamelet {@code fhir-source}. */
public final class RequestFeed implements Feed {
    /** Where the kamelet listens. */
    static final String ENDPOINT = "direct://fhir-requests";

    /** Exchange property, {@link Submission}: the request as it was read when it came; a replay has none. */
    static final String SUBMISSION = "CamelTongmaiFhirSubmission";

    /** Exchange property, list of integers: {@link Planner.Plan#before}. */
    static final String BEFORE = "CamelTongmaiFhirBefore";

    private static final Logger LOG = LoggerFactory.getLogger(RequestFeed.class);

    private final Supplier<CamelContext> contexts;
    private ProducerTemplate template;

    public RequestFeed(Supplier<CamelContext> contexts) {
        this.contexts = contexts;
    }

    @Override
    public boolean open() {
        CamelContext camel = contexts.get();
        return camel.isRunAllowed() && camel.getRoutes().stream().anyMatch(route -> takes(camel, route));
    }

    private static boolean takes(CamelContext camel, Route route) {
        Endpoint from = route.getEndpoint();
        return from.getEndpointBaseUri().equals(ENDPOINT)
                && camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted();
    }

    @Override
    public CompletableFuture<Fate> send(Sending sending) {
        Exchange exchange = new DefaultExchange(contexts.get(), ExchangePattern.InOut);
        exchange.getMessage().setBody(sending.message());
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, AcknowledgeWhen.PROCESSED);
        if (!sending.refusal().isEmpty()) {
            exchange.setProperty(ExchangeNames.READ_ISSUES, sending.refusal());
        } else {
            exchange.setProperty(SUBMISSION, sending.submission());
        }
        CompletableFuture<Fate> fate = new CompletableFuture<>();
        Consumer<Outcome> brokenOff = outcome -> fate.complete(new Fate(outcome, before(exchange)));
        exchange.setProperty(ExchangeNames.BROKEN_OFF, brokenOff);
        template()
                .asyncSend(ENDPOINT + "?block=false", exchange)
                .whenComplete((done, failure) -> fate.complete(new Fate(outcome(exchange, failure), before(exchange))));
        return fate;
    }

    private synchronized ProducerTemplate template() {
        if (template == null) {
            template = contexts.get().createProducerTemplate();
        }
        return template;
    }

    private static Outcome outcome(Exchange exchange, Throwable failure) {
        Outcome outcome = exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
        if (outcome != null) {
            return outcome;
        }
        Throwable cause = failure == null ? exchange.getException() : failure;
        List<Issue> issues = FailureFacts.issues(cause, FhirError.NOT_TAKEN_NOW);
        if (issues.get(0).code() == FhirError.NOT_TAKEN_NOW) {
            String what = cause == null ? "no outcome" : FailureFacts.place(cause);
            LOG.error("{}: {}", FhirError.NOT_TAKEN_NOW.code(), what);
        }
        return new Outcome(Outcome.Disposition.REFUSED, 0, issues);
    }

    private static List<Integer> before(Exchange exchange) {
        List<?> before = exchange.getProperty(BEFORE, List.of(), List.class);
        return before.stream().map(Integer.class::cast).toList();
    }
}

package org.tongmai.routes.engine.bundle.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun.Delivery;
import org.tongmai.routes.engine.bundle.sandbox.internal.Deliverer;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxJournal;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxKamelets;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxRoutes;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxSettings;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxSubscriptions;
import org.tongmai.routes.engine.bundle.sandbox.internal.StepCounter;
import org.tongmai.routes.engine.channel.SubscriptionFactory;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * One version of a bundle, running beside the world: the routes, rules, kamelets, data types and maps of the platform, in a
 * Camel context of its own. What comes in is what it is sent here; what would leave is in the answer. It opens no port,
 * writes no file and keeps nothing of a message. For one thread; as many sandboxes as wanted.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.open(archive, BundleOverrides.NONE, platform)) {
 *     SandboxRun run = sandbox.send(sandbox.receiving().get(0), bytes);
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SandboxJournal journal = new SandboxJournal();
    private final SandboxRoutes routes;
    private final StepCounter steps;
    private final Deliverer deliverer;
    private final MappingEngine mappings;
    private final ProducerTemplate feeds;
    private long count;
    private Instant now = Instant.EPOCH;

    private Sandbox(BundleArchive archive, BundleOverrides settings, SandboxPlatform platform) {
        MappingEngine platforms = platform.mappings().silent();
        OverlayMappings overlays = new OverlayMappings(() -> platforms);
        SandboxSubscriptions subscriptions = new SandboxSubscriptions();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(1); // what hangs is not waited for
        context.setSourceLocationEnabled(true);
        context.getRegistry().bind("journal", JournalService.class, journal);
        context.getRegistry().bind("subscriptions", SubscriptionFactory.class, subscriptions);
        context.getRegistry().bind("mappings", BundleMappings.class, overlays);
        platform.types().register(context);
        routes = SandboxRoutes.read(archive, new SandboxSettings(archive, settings), context);
        mappings = overlays.of(archive, settings.overlay()).orElse(platforms);
        deliverer = new Deliverer(subscriptions, mappings);
        new SandboxKamelets(context, deliverer::caught).load(routes.kamelets());
        steps = new StepCounter(routes.ids());
        context.getCamelContextExtension().addInterceptStrategy(steps);
        context.start();
        try {
            routes.start(mappings);
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
        feeds = context.createProducerTemplate();
    }

    /**
     * Starts a version.
     *
     * @param settings what the platform sets; what nobody sets gets a value that reaches nothing
     * @throws org.tongmai.standards.error.CodedException with every rule that the bundle breaks, each with file and line
     */
    public static Sandbox open(BundleArchive archive, BundleOverrides settings, SandboxPlatform platform) {
        return new Sandbox(archive, settings, platform);
    }

    /** Ids of the routes that receive, in the order of their files. */
    public List<String> receiving() {
        return routes.receiving();
    }

    /** The maps that this version's messages are mapped by. */
    public MappingEngine mappings() {
        return mappings;
    }

    /** Which steps have run since it was opened. */
    public StepCoverage coverage() {
        return steps.coverage();
    }

    /** Says what number the next message has, and when it is stored; otherwise they are counted from 1 at the epoch. */
    public void next(long number, Instant at) {
        count = number - 1;
        now = at;
    }

    /** Sends the bytes of a message, as its sender's system would. */
    public SandboxRun send(String route, byte[] message) {
        return run(route, message, ExchangeNames.SAMPLE_READER + routes.source(route));
    }

    /** Sends a message of the journal. */
    public SandboxRun send(String route, ReceivedMessage message) {
        return run(route, message, ExchangeNames.REPLAY_READER + message.format());
    }

    /** Ids of all routes: what hands something to a sink is one of them. */
    public Set<String> destinations() {
        return routes.ids();
    }

    /** Maps a message as another bundle would have, and hands the delivering routes what it means. */
    public SandboxRun publish(ReceivedMessage message) {
        try {
            return deliver(mappings.map(message), message);
        } catch (CodedException e) {
            Outcome refused = new Outcome(Disposition.REFUSED, ++count, e.issues());
            return new SandboxRun(refused, Optional.of(message), new byte[0], Optional.empty(), List.of());
        }
    }

    /** Hands the delivering routes what another bundle has published. */
    public SandboxRun deliver(CanonicalBundle bundle, ReceivedMessage received) {
        journal.begin(++count);
        journal.publish(count, JournalService.Origin.of(received.format()), bundle);
        return ended(received, new byte[0], journal.outcome(), List.of());
    }

    private SandboxRun run(String route, Object message, String reader) {
        journal.begin(++count);
        deliverer.caughtOutside();
        Exchange exchange = exchange();
        exchange.setPattern(ExchangePattern.InOut);
        exchange.getMessage().setBody(message);
        Processor reading = context.getRegistry().lookupByNameAndType(reader, Processor.class);
        if (reading != null) {
            process(reading, exchange);
        }
        feeds.send(SandboxKamelets.feed(route, routes.source(route)), exchange);
        Object answer = exchange.getMessage().getBody();
        boolean answered = answer instanceof byte[] && answer != message;
        Outcome outcome = exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
        String later = journal.processedLater();
        if (later != null) {
            outcome = processAccepted(later);
        }
        List<SandboxRun.Handed> outside = deliverer.caughtOutside();
        List<Delivery> own = outside.isEmpty() ? List.of() : List.of(new Delivery(route, outside, List.of()));
        return ended(journal.received(), answered ? (byte[]) answer : new byte[0], outcome, own);
    }

    /** What the journal does with a message that was answered when it was durable. */
    private Outcome processAccepted(String feed) {
        Exchange exchange = exchange();
        exchange.getMessage().setBody(journal.received());
        exchange.setProperty(ExchangeNames.MESSAGE_ID, count);
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, AcknowledgeWhen.ACCEPTED);
        process(context.getRoute(feed).getProcessor(), exchange);
        return exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class);
    }

    private SandboxRun ended(ReceivedMessage received, byte[] answer, Outcome outcome, List<Delivery> own) {
        Outcome known = outcome != null
                ? outcome
                : new Outcome(Disposition.REFUSED, 0, List.of(Issue.of(JournalError.UNAVAILABLE, "", "no outcome")));
        CanonicalBundle published = journal.published();
        List<Delivery> deliveries = new ArrayList<>(own);
        if (published != null && known.positive()) {
            deliveries.addAll(
                    deliverer.deliver(new Deliverer.Published(count, received, journal.format(), published, now)));
        }
        return new SandboxRun(known, Optional.ofNullable(received), answer, Optional.ofNullable(published), deliveries);
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(ExchangeNames.MAPPINGS, mappings);
        return exchange;
    }

    private static void process(Processor processor, Exchange exchange) {
        try {
            processor.process(exchange);
        } catch (Exception e) { // Camel's processor declares Exception
            exchange.setException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}

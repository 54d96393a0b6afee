package org.tongmai.routes.engine.bundle.sandbox.standalone.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.internal.Deliverer;
import org.tongmai.routes.engine.bundle.sandbox.internal.JsonContent;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.canonical.BundleJson;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * A journal without a database: messages pass through it one at a time, in the order they came, and it knows of none
 * before. Numbers begin with the time of its start, so that files of two runs have different names.
 */
public final class PassingJournal implements JournalService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PassingJournal.class);
    private static final Runnable NOTHING_HELD = () -> {};

    private final Deliverer deliverer;
    private final Path output;
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis());
    private final Map<Long, ReceivedMessage> inHand = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "bundle"));
    private volatile CamelContext context;

    /** @param output folder of the canonical resources */
    public PassingJournal(Deliverer deliverer, Path output) {
        this.deliverer = deliverer;
        this.output = output;
    }

    @Override
    public void bind(CamelContext feeds) {
        context = feeds;
    }

    @Override
    public void accept(Incoming incoming, BiConsumer<Acceptance, Throwable> then) {
        try {
            worker.execute(() -> take(incoming, then));
        } catch (RejectedExecutionException e) {
            then.accept(null, new CodedException(Issue.of(JournalError.UNAVAILABLE, "", "it is being stopped"), e));
        }
    }

    private void take(Incoming incoming, BiConsumer<Acceptance, Throwable> then) {
        long number = numbers.incrementAndGet();
        if (!incoming.readIssues().isEmpty()) {
            Outcome refused = new Outcome(Disposition.REFUSED, number, incoming.readIssues());
            then.accept(new Acceptance(number, refused, NOTHING_HELD), null);
            return;
        }
        inHand.put(number, incoming.message());
        if (incoming.when() == AcknowledgeWhen.ACCEPTED) {
            Outcome accepted = new Outcome(Disposition.ACCEPTED, number, List.of());
            then.accept(new Acceptance(number, accepted, NOTHING_HELD), null);
            processAccepted(number, incoming);
        } else {
            then.accept(new Acceptance(number, null, NOTHING_HELD), null);
        }
    }

    /** Its sender has the answer; the route sees it now. */
    private void processAccepted(long number, Incoming incoming) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(incoming.message());
        exchange.setProperty(ExchangeNames.MESSAGE_ID, number);
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, AcknowledgeWhen.ACCEPTED);
        try {
            context.getRoute(incoming.feed()).getProcessor().process(exchange);
        } catch (Exception e) { // Camel's processor declares Exception; the route ends its own failures
            LOG.error(
                    "{} message {}: {}",
                    JournalError.INTERNAL.code(),
                    number,
                    e.getClass().getName());
        } finally {
            inHand.remove(number);
        }
    }

    @Override
    public synchronized CompletableFuture<Outcome> publish(long number, Origin origin, CanonicalBundle bundle) {
        Path file = output.resolve(number + ".canonical.json");
        try {
            Files.createDirectories(output);
            Files.write(file, JsonContent.write(BundleJson.of(bundle)));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(new CodedException(
                    Issue.of(
                            SandboxError.NOT_WRITTEN,
                            file.toString(),
                            e.getClass().getName()),
                    e));
        }
        LOG.info(
                "message {}: {} resources for {} in {}",
                number,
                bundle.resources().size(),
                bundle.topic(),
                file);
        Deliverer.Published published =
                new Deliverer.Published(number, inHand.get(number), origin.format(), bundle, Instant.now());
        deliverer.deliver(published).forEach(delivery -> tell(number, delivery));
        return processed(number, bundle.issues());
    }

    private static void tell(long number, SandboxRun.Delivery delivery) {
        if (delivery.failure().isEmpty()) {
            LOG.info("message {}: delivered by {}", number, delivery.route());
        } else {
            String why = delivery.failure().get(0).text();
            LOG.error("message {}: not delivered by {}, and not tried again: {}", number, delivery.route(), why);
        }
    }

    @Override
    public CompletableFuture<Outcome> complete(long number) {
        return processed(number, List.of());
    }

    private static CompletableFuture<Outcome> processed(long number, List<Issue> issues) {
        return CompletableFuture.completedFuture(new Outcome(Disposition.PROCESSED, number, issues));
    }

    @Override
    public CompletableFuture<Outcome> fail(long number, AcknowledgeWhen when, List<Issue> failure) {
        LOG.warn("message {}: refused, {}", number, failure.get(0).text());
        return CompletableFuture.completedFuture(new Outcome(Disposition.REFUSED, number, failure));
    }

    @Override
    public void finish(Acceptance acceptance, Outcome outcome) {
        inHand.remove(acceptance.messageId());
    }

    /** What is in hand is done; nothing more is taken. */
    @Override
    public void close() {
        worker.shutdown();
    }
}

package org.tongmai.console.server.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.routes.engine.journal.JournalService.Incoming;
import org.tongmai.routes.engine.journal.JournalService.Origin;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Stores registered documents as every message is: journalled, with event and deliveries, in one commit. */
@Component
public class DocumentJournal {
    /** What the journal calls the way in; no route, so nothing of it is replayed: register it again. */
    static final String FEED = "api.documents";

    private static final String FORMAT = "cda:document";
    private static final long PATIENCE_SECONDS = 60;

    private final JournalService journal;

    public DocumentJournal(JournalService journal) {
        this.journal = journal;
    }

    /**
     * Stores a document; answers after the commit.
     *
     * @param xml as it was received or made
     * @param number its own, as {@code system|value}
     * @throws CodedException when it is not stored, or it is not known whether it is
     */
    void store(byte[] xml, String number, CanonicalBundle bundle) {
        MessageKeys keys = new MessageKeys(
                FEED, "", number, "document^" + bundle.event(), "", bundle.patientKey(), "", "", bundle.alsoPatients());
        ReceivedMessage message = new ReceivedMessage(
                FORMAT,
                xml,
                StandardCharsets.UTF_8,
                new String(xml, StandardCharsets.UTF_8),
                keys,
                "",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        journal.accept(
                new Incoming(message, FEED, AcknowledgeWhen.PROCESSED, List.of(), List.of(), 0),
                (acceptance, failure) -> go(acceptance, failure, bundle, done));
        Outcome outcome = await(done);
        if (!outcome.positive()) {
            throw new CodedException(outcome.issues(), null);
        }
    }

    private void go(Acceptance acceptance, Throwable failure, CanonicalBundle bundle, CompletableFuture<Outcome> done) {
        if (failure != null) {
            done.completeExceptionally(failure);
        } else if (!acceptance.proceed()) {
            done.complete(acceptance.outcome());
        } else {
            journal.publish(acceptance.messageId(), Origin.of(FORMAT), bundle)
                    .exceptionallyCompose(refused -> journal.fail(
                            acceptance.messageId(),
                            AcknowledgeWhen.PROCESSED,
                            FailureFacts.issues(refused, ConsoleError.FAILED)))
                    .whenComplete((outcome, broken) -> {
                        Outcome end = broken == null
                                ? outcome
                                : new Outcome(
                                        Outcome.Disposition.REFUSED,
                                        acceptance.messageId(),
                                        FailureFacts.issues(broken, ConsoleError.FAILED));
                        journal.finish(acceptance, end);
                        done.complete(end);
                    });
        }
    }

    private static Outcome await(CompletableFuture<Outcome> done) {
        try {
            return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CodedException(FailureFacts.issues(e, ConsoleError.FAILED), null);
        } catch (TimeoutException e) {
            throw new CodedException(
                    Issue.of(ConsoleError.FAILED, "", "the commit took too long: ask whether it is there"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodedException(Issue.of(ConsoleError.FAILED, "", "the platform is stopping"));
        }
    }
}

package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.adapters.fhir.internal.MediaTypes;
import org.tongmai.adapters.fhir.internal.RefusalInterceptor;
import org.tongmai.adapters.fhir.internal.write.Feed.Fate;
import org.tongmai.adapters.fhir.internal.write.Feed.Sending;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.Outcome;

/**
 * Takes the requests that write. It stands before HAPI's server, because what is journalled is the request as it came.
 * Each is read and judged here, on the thread of the connection, then sent through its feed; it is answered after the
 * commit, with what the commit stored.
 */
public final class WriteEndpoint {
    private static final int BATCH_WINDOW = 32;

    private final Feed feed;
    private final Answers answers;
    private final FhirSettings.Writing limits;
    private final StoredTypes types;
    private final SubmissionReader reader;
    private final RequestReading reading;
    private final BytesInProcess room;

    /** @param reading reads and judges requests */
    public WriteEndpoint(Feeding feeding, RequestReading reading, FhirSettings settings) {
        this.feed = feeding.feed();
        this.answers = new Answers(feeding.stored(), feeding.repository());
        this.limits = settings.writing();
        this.reading = reading;
        this.types = reading.types();
        this.reader = reading.reader();
        this.room = new BytesInProcess(limits);
    }

    /** Whether a request writes; what is asked for by POST is not among them. */
    public static boolean isAsked(HttpServletRequest request) {
        String path = request.getPathInfo();
        boolean toBase = path == null || path.equals("/");
        return switch (request.getMethod()) {
            case "PUT", "PATCH", "DELETE" -> true;
            case "POST" -> toBase || path.equals(SubmissionReader.PROCESS_MESSAGE) || path.matches("/[A-Za-z]+/?");
            default -> false;
        };
    }

    /** The types that can be written now. */
    public Set<String> types() {
        return feed.open() ? types.types() : Set.of();
    }

    /** Answers the request; throws a coded refusal when it is not one to be journalled. */
    public void answer(HttpServletRequest request, HttpServletResponse response, String base) throws IOException {
        MediaTypes.requireAcceptable(request);
        requireTaken(request);
        RequestReception head = RequestReception.of(request, base);
        try (BytesInProcess.Room taken = room.take(head.account())) {
            Answering answering = new Answering(request, response, base);
            RequestReception reception = head.with(request, limits, taken);
            Judgement.Budget budget = new Judgement.Budget();
            Sending sending = read(reception, budget);
            if (sending.submission() != null && sending.submission().kind() == Submission.Kind.BATCH) {
                batch(reception, sending.submission(), new Batch(budget, answering));
            } else {
                one(sending, reception.raw().path(), answering);
            }
        }
    }

    private void requireTaken(HttpServletRequest request) {
        if (request.getMethod().equals("DELETE")) {
            throw ChangeReader.refuse(FhirError.DELETE_NOT_TAKEN, "", "a status says it instead");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw ChangeReader.refuse(FhirError.UNSUPPORTED_MEDIA_TYPE, "", "expected no Content-Encoding");
        }
        String media = request.getContentType() == null ? "" : request.getContentType();
        if (!media.startsWith("application/json-patch+json")
                || !request.getMethod().equals("PATCH")) {
            MediaTypes.formatOf(request);
        }
        if (!feed.open()) {
            throw ChangeReader.refuse(FhirError.NOT_TAKEN_NOW, "", "found no route that takes it");
        }
        if (request.getContentLengthLong() > limits.maxBytes()) {
            throw ChangeReader.refuse(FhirError.BODY_TOO_LARGE, "", "at most " + limits.maxBytes() + " bytes");
        }
    }

    private void one(Sending sending, String path, Answering answering) throws IOException {
        Fate fate = await(feed.send(sending));
        answering.number(sending.message().keys().controlId());
        if (path.equals(SubmissionReader.PROCESS_MESSAGE)) {
            answers.message(sending, fate, answering);
        } else if (path.equals("/")) {
            answers.transaction(sending, fate, answering);
        } else {
            answers.single(sending, fate, answering);
        }
    }

    /** Reads and judges a request; one that is refused goes to the journal, too. */
    private Sending read(RequestReception reception, Judgement.Budget budget) {
        Submission submission = null;
        List<Issue> refusal;
        try {
            submission = reader.read(reception.raw());
            submission = reading.judged(submission, budget);
            return new Sending(reception.message(submission, types), List.of(), submission);
        } catch (CodedException e) {
            refusal = e.issues();
        } catch (RuntimeException | Error e) {
            // Nothing that a stranger sends may end without an answer and a place in the journal.
            if (FailureFacts.isMachineFailure(e)) {
                throw e;
            }
            refusal = RefusalInterceptor.issuesOf(e);
            submission = null;
        }
        return new Sending(reception.message(submission, types), refusal, submission);
    }

    private record Batch(Judgement.Budget budget, Answering answering) {}

    /** Each entry by itself, in order; what is about one patient also in process. */
    private void batch(RequestReception reception, Submission submission, Batch batch) throws IOException {
        Answering answering = batch.answering();
        String controlId = reception.controlId(submission.envelope());
        List<Sending> sendings = new ArrayList<>();
        List<CompletableFuture<Fate>> fates = new ArrayList<>();
        for (JsonNode entry : submission.batch()) {
            int index = sendings.size();
            if (index >= BATCH_WINDOW) {
                await(fates.get(index - BATCH_WINDOW));
            }
            RawRequest request;
            try {
                request = reader.entryOfBatch(entry, "Bundle.entry[" + index + "]", answering.base());
            } catch (CodedException refusal) {
                sendings.add(new Sending(null, refusal.issues(), null));
                fates.add(CompletableFuture.completedFuture(refused(refusal.issues())));
                continue;
            }
            if (request.method().equals("PATCH")) {
                // It is tried on what the entries before it leave.
                fates.replaceAll(fate -> CompletableFuture.completedFuture(await(fate)));
            }
            Sending sending = read(reception.entry(request, controlId + "#" + index), batch.budget());
            sendings.add(sending);
            fates.add(feed.send(sending));
        }
        answering.number(controlId);
        answers.batch(sendings, fates.stream().map(this::await).toList(), answering);
    }

    private Fate await(CompletableFuture<Fate> fate) {
        try {
            return fate.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return refused(List.of(Issue.of(FhirError.OUTCOME_UNKNOWN, "", "waited " + limits.patience())));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(List.of(Issue.of(FhirError.OUTCOME_UNKNOWN, "", "the platform is stopping")));
        }
    }

    private static Fate refused(List<Issue> issues) {
        return new Fate(new Outcome(Outcome.Disposition.REFUSED, 0, issues), List.of());
    }
}

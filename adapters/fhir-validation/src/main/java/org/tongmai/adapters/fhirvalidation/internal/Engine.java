package org.tongmai.adapters.fhirvalidation.internal;

import ca.uhn.fhir.context.support.IValidationSupport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.fhirvalidation.ValidationError;
import org.tongmai.adapters.fhirvalidation.ValidationSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

/** The prepared validator: definitions, and a place for each resource that is judged at the same time. */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int MOST_ABANDONED = 4;

    private final ValidationSettings settings;
    private final WorkerContextValidationSupportAdapter context;
    private final StoredReferences references;
    private final NumberChecks numbers;
    private final ExecutorService workers;
    private final BlockingQueue<Lane> free;

    /** Judgements that nobody waits for any more may go on beside those that are waited for, but not without end. */
    private final Semaphore abandoned = new Semaphore(MOST_ABANDONED);

    /**
     * What resources are judged by.
     *
     * @param terminology the code tables
     * @param profiles the canonical profiles
     * @param references where references are looked up, or null
     */
    public record Parts(Terminology terminology, CanonicalProfiles profiles, CanonicalSearch references) {}

    private Engine(ValidationSettings settings, Parts parts, ExecutorService workers) {
        IValidationSupport definitions = Definitions.of(parts.terminology(), parts.profiles());
        this.settings = settings;
        this.context = WorkerContextValidationSupportAdapter.newVersionSpecificWorkerContextWrapper(definitions);
        this.references = new StoredReferences(context, parts.references());
        this.numbers = new NumberChecks(IdentifierSystems.load(), parts.terminology());
        this.workers = workers;
        this.free = new ArrayBlockingQueue<>(settings.places());
        for (int i = 0; i < settings.places(); i++) {
            free.add(lane());
        }
    }

    /** Loads all that resources are judged by; takes seconds. */
    public static Engine prepare(ValidationSettings settings, Parts parts, ExecutorService workers) {
        Engine engine = new Engine(settings, parts, workers);
        byte[] smallest = "{\"resourceType\":\"Basic\",\"code\":{\"text\":\"-\"}}".getBytes(StandardCharsets.UTF_8);
        engine.judge(
                new Turn(engine.free.remove()),
                new ValidationRequest(smallest, ValidationRequest.Format.JSON, List.of()));
        return engine;
    }

    /** The lanes in which nothing is judged now. */
    List<Lane> idle() {
        return List.copyOf(free);
    }

    private Lane lane() {
        return new Lane(context, settings.rules(), references);
    }

    /** Judges a resource, on a thread of its own so that the time can be limited. */
    public ValidationReport validate(ValidationRequest request) {
        Turn turn = new Turn(take());
        Future<ValidationReport> work = workers.submit(() -> judge(turn, request));
        try {
            return work.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon(turn);
            throw refuse(ValidationError.TIME_UP, "expected at most " + settings.timeLimit());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refuse(ValidationError.BUSY, "the platform is stopping");
        }
    }

    private Lane take() {
        try {
            Lane lane = free.poll(settings.waiting().toMillis(), TimeUnit.MILLISECONDS);
            if (lane != null) {
                return lane;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw refuse(ValidationError.BUSY, settings.places() + " resources are being judged");
    }

    /** Puts another lane into the place; the one given up ends when it notices, or when it is through. */
    private void abandon(Turn turn) {
        if (!abandoned.tryAcquire()) {
            turn.tell();
            return;
        }
        if (turn.giveUp()) {
            free.add(lane());
        } else {
            abandoned.release();
        }
    }

    private ValidationReport judge(Turn turn, ValidationRequest request) {
        Lane lane = turn.lane();
        Lane next = null;
        try {
            turn.begin();
            List<ValidationReport.Finding> findings = new ArrayList<>(Findings.of(lane.validate(request)));
            next = lane;
            findings.addAll(numbers.check(request));
            return new ValidationReport(findings);
        } catch (StackOverflowError e) {
            throw refuse(ValidationError.TOO_DEEP, "the validator ran out of stack");
        } finally {
            // One that failed may hold half of a resource.
            if (turn.end()) {
                free.add(next == null || next.worn() ? lane() : next);
            } else {
                abandoned.release();
            }
        }
    }

    private static CodedException failed(Throwable cause) {
        LOG.error("{}: {}", ValidationError.FAILED.code(), FailureFacts.place(cause));
        return new CodedException(Issue.of(ValidationError.FAILED, "", ""));
    }

    private static CodedException refuse(ValidationError error, String detail) {
        return new CodedException(Issue.of(error, "", detail));
    }
}

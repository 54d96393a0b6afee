package org.tongmai.adapters.fhirvalidation;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.tongmai.adapters.fhirvalidation.internal.BodyGuard;
import org.tongmai.adapters.fhirvalidation.internal.Engine;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ResourceValidator;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationRequest;

/**
 * Judges resources with HL7's validator, off line: FHIR's own definitions come with it, codes are judged by the tables
 * of {@code standards}. Nothing is loaded before the first resource, or {@link #prepare()}; that takes some seconds,
 * once.
 */
public final class HapiResourceValidator implements ResourceValidator, AutoCloseable {
    private final ValidationSettings settings;
    private final CanonicalSearch references;
    private final BodyGuard guard;
    private final ExecutorService workers;
    private Terminology terminology;
    private CanonicalProfiles profiles;
    private CompletableFuture<Engine> engine;

    /**
     * @param terminology the code tables in force
     * @param references where references are looked up for {@link ValidationRule#CHECK_REFERENCES}, or null where there
     *     is no store: then only what is sent along can be found
     */
    public HapiResourceValidator(ValidationSettings settings, Terminology terminology, CanonicalSearch references) {
        this.settings = settings;
        this.terminology = terminology;
        this.references = references;
        this.guard = new BodyGuard(settings);
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fhir-validation");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Loads everything with other tables, beside what judges; takes seconds once something was judged, else nothing.
     *
     * @return switches to it, at once; what is being judged ends with the old tables
     */
    public Runnable prepare(Terminology other) {
        boolean loaded;
        synchronized (this) {
            loaded = engine != null;
        }
        CompletableFuture<Engine> next = loaded ? begin(other) : null;
        if (next != null) {
            join(next);
        }
        return () -> use(other, next);
    }

    /** Without an engine the first resource loads one; one that was begun in the meantime has the tables of before. */
    private synchronized void use(Terminology other, CompletableFuture<Engine> next) {
        terminology = other;
        engine = next;
    }

    /** Begins to load what the first resource needs, in the background; further calls do nothing. */
    public synchronized CompletableFuture<Void> prepare() {
        if (engine == null || engine.isCompletedExceptionally()) {
            engine = begin(terminology);
        }
        return engine.thenAccept(ready -> {});
    }

    private CompletableFuture<Engine> begin(Terminology tables) {
        return CompletableFuture.supplyAsync(() -> load(tables), workers);
    }

    /** The profiles, too, on a thread of its own: who begins may be the start of the platform. */
    private Engine load(Terminology tables) {
        return Engine.prepare(settings, new Engine.Parts(tables, profiles(), references), workers);
    }

    private synchronized CanonicalProfiles profiles() {
        if (profiles == null) {
            profiles = CanonicalProfiles.load(IdentifierSystems.load());
        }
        return profiles;
    }

    @Override
    public Optional<String> profile(String type) {
        return profiles().url(type);
    }

    @Override
    public ValidationReport validate(ValidationRequest request) {
        guard.check(request);
        return ready().validate(request);
    }

    private Engine ready() {
        prepare();
        CompletableFuture<Engine> current;
        synchronized (this) {
            current = engine;
        }
        return join(current);
    }

    private static Engine join(CompletableFuture<Engine> loading) {
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}

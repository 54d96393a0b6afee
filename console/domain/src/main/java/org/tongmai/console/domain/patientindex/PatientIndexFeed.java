package org.tongmai.console.domain.patientindex;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.domain.patientindex.PatientIndexService.Progress;
import org.tongmai.standards.canonical.CanonicalChanges;
import org.tongmai.standards.canonical.CanonicalChanges.Change;
import org.tongmai.standards.canonical.CanonicalChanges.Position;
import org.tongmai.standards.canonical.CanonicalRepository;
import org.tongmai.standards.error.CodedException;

/**
 * Follows the Patients of the canonical data, on a thread of its own and in batches, so that no acknowledgement waits
 * for it. Position and index are one transaction: after a crash it goes on where it was. What committed out of order is
 * found by looking back a little.
 */
public final class PatientIndexFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PatientIndexFeed.class);
    private static final String FOLLOWER = "canonical";
    /** Where the rebuilding is; empty when nothing is rebuilt. */
    static final String REBUILD = "rebuild";

    /** Not empty when what was left out is to be tried again. */
    static final String AGAIN = "again";

    private static final String STATEMENTS = "statements";
    private static final int MOST_AGAIN = 1000;

    private final Source source;
    private final PatientIndexService index;
    private final Settings settings;
    private final IndexBatches batches;
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean open = true;
    private Instant activeUntil = Instant.EPOCH;
    private Instant lookedBack = Instant.EPOCH;

    /** Where Patients come from. */
    public record Source(CanonicalChanges changes, CanonicalRepository contents) {}

    /**
     * How the feed works.
     *
     * @param batch most Patients of one transaction, 1 to 1000
     * @param pause rest between two batches, so that what arrives has the machine first
     * @param idle how often it looks when nobody wakes it
     * @param lookBack how far it looks back for what committed late
     */
    public record Settings(int batch, Duration pause, Duration idle, Duration lookBack) {
        public static Settings defaults() {
            return new Settings(500, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30));
        }
    }

    public PatientIndexFeed(Source source, PatientIndexService index, Settings settings) {
        this.source = source;
        this.index = index;
        this.settings = settings;
        this.batches = new IndexBatches(source.contents(), index);
        this.thread = new Thread(this::run, "patient-index");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Says that something may have changed. Never blocks. */
    public void wake() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    @Override
    public void close() {
        open = false;
        wakes.release();
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (open) {
            Duration rest = settings.idle();
            try {
                rest = pass() ? settings.pause() : settings.idle();
            } catch (CodedException e) {
                LOG.warn(
                        "{} {}; the patient index goes on by itself",
                        e.code().code(),
                        e.code().summary());
            } catch (RuntimeException e) {
                LOG.error("{} {}", PatientIndexError.NOT_INDEXED.code(), IndexBatches.cause(e));
            }
            rest(rest);
        }
    }

    private void rest(Duration rest) {
        try {
            boolean woken = rest.equals(settings.idle()) && wakes.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
            if (woken || !rest.equals(settings.idle())) {
                // Company gathers meanwhile: one transaction then takes many.
                synchronized (this) {
                    wait(Math.max(1, settings.pause().toMillis()));
                }
            }
            wakes.drainPermits();
        } catch (InterruptedException e) {
            open = false;
            Thread.currentThread().interrupt();
        }
    }

    /** One batch; says whether more waits. */
    private boolean pass() {
        String rebuilding = index.position(REBUILD);
        boolean more = !rebuilding.isEmpty() && rebuildFrom(Position.parse(rebuilding));
        String text = index.position(FOLLOWER);
        Position position = text.isEmpty() ? Change.START : Position.parse(text);
        List<Change> page = source.changes().changes(PatientIndexService.PATIENT, position, settings.batch());
        Instant now = Instant.now();
        if (!page.isEmpty()) {
            take(
                    page,
                    new Progress(FOLLOWER, page.get(page.size() - 1).position().text()));
            activeUntil = now.plus(settings.lookBack().multipliedBy(2));
        } else if (now.isBefore(activeUntil)
                && lookedBack.plus(settings.lookBack().dividedBy(3)).isBefore(now)) {
            lookBack(position);
            lookedBack = now;
        }
        if (!index.position(AGAIN).isEmpty()) {
            batches.leftOut(MOST_AGAIN, new Progress(AGAIN, ""));
        }
        return followStatements() || more || page.size() == settings.batch();
    }

    /** What senders say of two Patients follows the Patients. */
    private boolean followStatements() {
        String text = index.position(STATEMENTS);
        Position position = text.isEmpty() ? Change.START : Position.parse(text);
        List<Change> page = source.changes().changes(PatientIndexService.LINKAGE, position, settings.batch());
        if (!page.isEmpty()) {
            batches.statements(
                    page,
                    new Progress(
                            STATEMENTS, page.get(page.size() - 1).position().text()));
        }
        return page.size() == settings.batch();
    }

    private void lookBack(Position position) {
        Position from = new Position(position.lastUpdated().minus(settings.lookBack()), 0);
        List<Change> page = source.changes().changes(PatientIndexService.PATIENT, from, settings.batch());
        while (!page.isEmpty() && open) {
            take(page, Progress.NONE);
            page = source.changes()
                    .changes(
                            PatientIndexService.PATIENT,
                            page.get(page.size() - 1).position(),
                            settings.batch());
        }
    }

    private boolean rebuildFrom(Position from) {
        List<Change> page = source.changes().changes(PatientIndexService.PATIENT, from, settings.batch());
        String next = page.size() < settings.batch()
                ? ""
                : page.get(page.size() - 1).position().text();
        batches.anew(page, new Progress(REBUILD, next));
        if (next.isEmpty()) {
            LOG.info("Every Patient was indexed anew");
        }
        return !next.isEmpty();
    }

    private void take(List<Change> page, Progress progress) {
        List<String> ids = page.stream().map(each -> each.version().id()).toList();
        Map<String, Integer> indexed = index.indexedVersions(ids);
        List<Change> fresh = page.stream()
                .filter(each -> each.version().version()
                        > indexed.getOrDefault(each.version().id(), 0))
                .toList();
        if (!fresh.isEmpty() || !progress.follower().isEmpty()) {
            batches.changed(fresh, progress);
        }
    }
}

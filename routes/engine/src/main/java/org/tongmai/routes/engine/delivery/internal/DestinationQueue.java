package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.delivery.DeliverySettings;
import org.tongmai.routes.engine.node.Lease;

/**
 * The queue of one destination: reads ahead a bounded number of open deliveries in order of receipt, spreads them over
 * lanes by patient, and knows when the destination may be tried. Only the node that holds the destination's lease works.
 */
public final class DestinationQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationQueue.class);
    private static final long CLOSE_SECONDS = 30;
    private static final long CLOSING_CHECK_MILLIS = 200;
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Delivering how;
    private final DeliverySettings settings;
    private final DeliveryTables tables;
    private final Settler settler;
    private final Lease lease;
    private final RouteCall call;
    private final Breaker breaker;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Lane[] lanes;
    private final Thread[] threads;
    private final Thread reader;
    private final long readPause;

    // guarded by lock
    private final Set<Long> known = new HashSet<>();
    private final Set<Long> settledWhileReading = new HashSet<>();
    private boolean reading;
    private boolean recovering;

    private volatile int knownSize;
    private volatile boolean dirty = true;
    private volatile boolean more;
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile long leaseUntil = System.nanoTime();
    private volatile String lastCause = "";

    /** What a queue works with. */
    public record Parts(
            DeliverySettings settings, DeliveryTables tables, Settler settler, Lease lease, RouteCall call) {}

    public DestinationQueue(Delivering how, Parts parts, boolean paused) {
        this.how = how;
        this.settings = parts.settings();
        this.tables = parts.tables();
        this.settler = parts.settler();
        this.lease = parts.lease();
        this.call = parts.call();
        this.paused = paused;
        this.breaker = new Breaker(
                settings.firstBackOff(), settings.longestBackOff(), System::nanoTime, () -> ThreadLocalRandom.current()
                        .nextDouble());
        this.readPause = how.batch() == 1
                ? TimeUnit.MILLISECONDS.toNanos(5)
                : how.linger().toNanos() / 4;
        this.lanes = new Lane[how.lanes()];
        this.threads = new Thread[how.lanes()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(this);
            threads[i] = daemon(lanes[i], "deliver-" + how.destination() + "-" + i);
        }
        this.reader = daemon(this::read, "deliver-" + how.destination() + "-reader");
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    public void start() {
        reader.start();
        for (Thread thread : threads) {
            thread.start();
        }
    }

    /** Tells that something was queued. Never blocks. */
    public void signal() {
        dirty = true;
        if (wantsToRead()) {
            LockSupport.unpark(reader);
        }
    }

    public void pause() {
        paused = true;
    }

    public void resume() {
        paused = false;
        locked(() -> {});
    }

    public String topic() {
        return how.topic();
    }

    /** The breaker's state, or {@code PAUSED}. */
    public String state() {
        return paused ? "PAUSED" : breaker.state().name();
    }

    public String lastCause() {
        return lastCause;
    }

    /** How many deliveries are in memory: read ahead, under way, or not yet settled. */
    public int inMemory() {
        return knownSize;
    }

    /** Lets what is under way end, and leaves the rest for the next start. */
    @Override
    public void close() {
        closed = true;
        locked(() -> {});
        LockSupport.unpark(reader);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
            reader.join(TimeUnit.SECONDS.toMillis(1));
            if (leaseUntil - System.nanoTime() > 0) {
                lease.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.debug("The lease of {} was not given back; it will run out.", how.destination(), e);
        }
    }

    // --- the reader's thread ---

    private void read() {
        boolean away = false;
        while (!closed) {
            try {
                if (!holdLease()) {
                    LockSupport.parkNanos(settings.poll().toNanos());
                    continue;
                }
                fill();
                away = false;
                rest();
            } catch (SQLException e) {
                if (!away) {
                    LOG.warn("{} can not read its deliveries: SQLSTATE {}.", how.destination(), e.getSQLState());
                }
                away = true;
                LockSupport.parkNanos(settings.poll().toNanos());
            }
        }
    }

    private boolean holdLease() throws SQLException {
        long now = System.nanoTime();
        long length = settings.lease().toNanos();
        if (leaseUntil - now > length * 2 / 3) {
            return true;
        }
        boolean fresh = leaseUntil - now <= 0;
        if (fresh && Lane.anyWorks(lanes)) { // what a lane still sends would be read, and sent, once more
            return false;
        }
        if (!lease.hold(settings.lease())) {
            leaseUntil = now;
            return false;
        }
        if (fresh) {
            recover();
        }
        // Sending stops well before another node may begin.
        leaseUntil = now + length * 9 / 10;
        locked(() -> {});
        return true;
    }

    /** Begins anew: what was begun and not settled is sent first, in the batches and with the numbers it had. */
    private void recover() throws SQLException {
        List<Batch> begun = tables.begun(how.destination());
        locked(() -> {
            known.clear();
            for (Lane lane : lanes) {
                lane.clear();
            }
            begun.forEach(batch -> batch.rows().forEach(row -> known.add(row.messageId())));
            knownSize = known.size();
            lanes[0].addBegun(begun);
            recovering = !begun.isEmpty();
        });
        dirty = true;
    }

    /** Reads ahead from the first open delivery on, because a message with a smaller number may be stored later. */
    private void fill() throws SQLException {
        if (knownSize > lowWater()) {
            return;
        }
        dirty = false;
        locked(() -> {
            reading = true;
            settledWhileReading.clear();
        });
        List<DeliveryRow> rows = List.of();
        int limit = readAhead() + knownSize;
        try {
            rows = tables.open(how.destination(), limit);
        } finally {
            List<DeliveryRow> read = rows;
            locked(() -> {
                read.forEach(this::enqueue);
                reading = false;
                knownSize = known.size();
            });
        }
        more = rows.size() == limit;
    }

    private void enqueue(DeliveryRow row) {
        // What was settled since the read began is still open in what was read.
        if (known.size() < readAhead()
                && !settledWhileReading.contains(row.messageId())
                && known.add(row.messageId())) {
            int lane = Math.floorMod(row.patientKey().hashCode(), lanes.length);
            lanes[lane].add(row);
        }
    }

    private void rest() {
        LockSupport.parkNanos(readPause);
        long until = System.nanoTime() + settings.poll().toNanos();
        while (!closed && !wantsToRead() && System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private boolean wantsToRead() {
        return (dirty || more) && knownSize <= lowWater();
    }

    private int readAhead() {
        return Math.max(settings.readAhead(), how.batch() * how.lanes() * 2);
    }

    private int lowWater() {
        return readAhead() / 2;
    }

    /** Waits for the lane's next batch; null when the queue closes. */
    Batch next(Lane lane) {
        lock.lock();
        try {
            while (!closed) {
                lane.works(true); // before the lease is looked at, so that nobody reads in between
                long wait = mayWork(lane) ? lane.form() : IDLE;
                if (wait == 0) {
                    wait = breaker.enter();
                    if (wait == 0) {
                        return lane.take();
                    }
                }
                lane.works(false);
                changed.awaitNanos(Math.min(wait, IDLE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return null;
    }

    private boolean mayWork(Lane lane) {
        return !paused && leaseUntil - System.nanoTime() > 0 && (!recovering || lane == lanes[0]);
    }

    void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A lane is through with a batch, for better or worse. */
    void concluded(Lane lane) {
        locked(() -> {
            if (recovering && lane == lanes[0] && !lane.hasFormed()) {
                recovering = false;
            }
        });
    }

    void settled(Batch batch) {
        locked(() -> {
            for (DeliveryRow row : batch.rows()) {
                known.remove(row.messageId());
                if (reading) {
                    settledWhileReading.add(row.messageId());
                }
            }
            knownSize = known.size();
        });
        if (wantsToRead()) {
            LockSupport.unpark(reader);
        }
    }

    void answered() {
        if (breaker.answered()) {
            lastCause = "";
            LOG.info("{} answers again.", how.destination());
        }
    }

    Duration failed(Failure failure) {
        boolean opens = breaker.state() == Breaker.State.CLOSED;
        Duration rest = Duration.ofNanos(breaker.failed());
        lastCause = failure.cause();
        if (opens) {
            LOG.warn("{} rests for {}: {}", how.destination(), rest, failure.cause());
        }
        return rest;
    }

    void parked(Failure failure) {
        lastCause = failure.cause();
    }

    /** Waits as long as the queue is open; a node that goes down while the database is away does not wait for it. */
    void awaitDurable(CompletableFuture<Void> written) {
        while (true) {
            try {
                written.get(CLOSING_CHECK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (closed) {
                    throw new CompletionException(e);
                }
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            }
        }
    }

    Delivering how() {
        return how;
    }

    String id() {
        return how.destination();
    }

    DeliveryTables tables() {
        return tables;
    }

    Settler settler() {
        return settler;
    }

    RouteCall call() {
        return call;
    }
}

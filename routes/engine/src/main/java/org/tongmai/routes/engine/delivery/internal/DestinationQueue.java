package org.tongmai.routes.engine.delivery.internal;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.delivery.Delivering;
import org.tongmai.routes.engine.delivery.DeliverySettings;
import org.tongmai.routes.engine.delivery.internal.SetAside.Others;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.routes.engine.node.Lease;

/**
 * The queue of one destination: reads ahead a bounded number of open deliveries in order of receipt, spreads them over
 * lanes by patient, and knows when the destination may be tried. Only the node that holds the destination's lease works.
 */
public final class DestinationQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationQueue.class);
    private static final long CLOSE_SECONDS = 30;
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

    // guarded by lock
    private final SetAside aside;
    private final ReadAhead ahead;
    private boolean recovering;

    private volatile boolean paused;
    private volatile boolean closed;
    private volatile boolean anew;
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
        this.aside = new SetAside(
                settings.mostFailures(),
                settings.firstBackOff().toNanos(),
                settings.longestBackOff().toNanos());
        this.ahead = new ReadAhead(
                how, tables, this::locked, settings.readAhead(), settings.poll().toNanos());
        this.lanes = new Lane[how.lanes()];
        this.threads = new Thread[how.lanes()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(this);
            threads[i] = LastingWork.thread("deliver-" + how.destination() + "-" + i, lanes[i], anew(lanes[i]));
        }
        this.reader = LastingWork.thread("deliver-" + how.destination() + "-reader", this::read, this::beginAnew);
    }

    private Runnable anew(Lane lane) {
        return () -> {
            beginAnew();
            breaker.abandoned();
            locked(() -> lane.works(false));
        };
    }

    /** Nobody knows what a failed thread left undone: everything is read again when no lane works any more. */
    private void beginAnew() {
        anew = true;
        LockSupport.unpark(reader);
    }

    public void start() {
        reader.start();
        for (Thread thread : threads) {
            thread.start();
        }
    }

    /** Tells that this message was queued. Never blocks for long. */
    public void offer(long messageId, String patientKey) {
        lock.lock();
        try {
            ahead.offer(DeliveryRow.of(messageId, patientKey), row -> {
                if (enqueue(row)) {
                    changed.signalAll();
                }
            });
        } finally {
            lock.unlock();
        }
        if (ahead.wanted()) {
            LockSupport.unpark(reader);
        }
    }

    /** Tells that anything may have been queued. Never blocks. */
    public void signal() {
        locked(ahead::changed);
        if (ahead.wanted()) {
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

    /** The breaker's state, or {@code PAUSED}. */
    public String state() {
        return paused ? "PAUSED" : breaker.state().name();
    }

    public String lastCause() {
        return lastCause;
    }

    /** How many deliveries are in memory: read ahead, under way, or not yet settled. */
    public int inMemory() {
        return ahead.size();
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
                ahead.fill(this::enqueue);
                away = false;
                ahead.rest(() -> !closed);
            } catch (SQLException e) {
                if (!away) {
                    LOG.warn("{} waits: {}", how.destination(), Failure.of(e).cause());
                }
                away = true;
                LockSupport.parkNanos(settings.poll().toNanos());
            }
        }
    }

    private boolean holdLease() throws SQLException {
        long now = System.nanoTime();
        long length = settings.lease().toNanos();
        if (leaseUntil - now > length * 2 / 3 && !anew) {
            return true;
        }
        boolean fresh = leaseUntil - now <= 0 || anew;
        if (fresh && Lane.anyWorks(lanes)) { // what a lane still sends would be read, and sent, once more
            return false;
        }
        if (!lease.hold(settings.lease())) {
            leaseUntil = now;
            return false;
        }
        if (fresh) {
            anew = false;
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
            ahead.beginWith(begun);
            aside.clear();
            for (Lane lane : lanes) {
                lane.clear();
            }
            lanes[0].addBegun(begun);
            recovering = !begun.isEmpty();
        });
    }

    private boolean enqueue(DeliveryRow row) {
        return lanes[Math.floorMod(row.keys().get(0).hashCode(), lanes.length)].add(row);
    }

    /** Waits for the lane's next batch; null when the queue closes. */
    Batch next(Lane lane) {
        lock.lock();
        try {
            while (!closed) {
                lane.works(true); // before the lease is looked at, so that nobody reads in between
                boolean well = breaker.state() == Breaker.State.CLOSED;
                long wait = mayWork(lane) ? ready(lane, well) : IDLE;
                if (wait == 0) {
                    wait = breaker.enter();
                    if (wait == 0) {
                        return take(lane, well);
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

    /** While it is not known whether the destination works, what failed before is not the one to try it. */
    private long ready(Lane lane, boolean well) {
        lane.makeWay(aside);
        if (recovering && !lane.hasFormed()) { // only the first lane gets here meanwhile
            recovering = false;
            changed.signalAll();
        }
        long own = lane.form(aside);
        boolean asideMay = !aside.isEmpty() && (well || !Lane.anyHasWork(aside, lanes));
        return asideMay ? Math.min(own, aside.nextDue(System.nanoTime())) : own;
    }

    private Batch take(Lane lane, boolean well) {
        Batch before = well || !lane.hasFormed() ? aside.take(System.nanoTime()) : null;
        return before == null ? lane.take() : before;
    }

    private boolean mayWork(Lane lane) {
        return !paused && !anew && leaseUntil - System.nanoTime() > 0 && (!recovering || lane == lanes[0]);
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

    private void settled(Batch batch, Runnable change) {
        locked(() -> {
            ahead.settled(batch);
            change.run();
        });
        if (ahead.wanted()) {
            LockSupport.unpark(reader);
        }
    }

    /** It went through: others that did not may be to blame themselves. */
    void delivered(Batch batch) {
        settled(batch, () -> aside.delivered(batch));
    }

    /** The destination is to blame; the batch goes first when it is tried again. */
    void putBack(Lane lane, Batch batch) {
        locked(() -> {
            if (aside.contains(batch)) {
                aside.again(batch, System.nanoTime());
            } else {
                lane.putBack(List.of(batch));
            }
        });
    }

    /** Sets a batch aside that failed for an unclear reason. Answers false when it is to blame by now. */
    boolean setAside(Batch batch) {
        lock.lock();
        try {
            boolean others = Lane.anyHasWork(aside, lanes) || aside.anyFreeBut(batch);
            return !aside.condemns(batch, others ? Others.SOME : Others.NONE, System.nanoTime());
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Puts the halves where the whole was. */
    void replace(Lane lane, Batch whole, List<Batch> halves) {
        locked(() -> {
            if (aside.contains(whole)) {
                aside.replace(whole, halves, System.nanoTime());
            } else {
                lane.putBack(halves);
            }
        });
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

    /** It is given up; what waited behind it may go on. */
    void parked(Batch batch, Failure failure) {
        lastCause = failure.cause();
        settled(batch, () -> aside.remove(batch));
    }

    /** Under the lock: whether something may have to wait for something else, so that what comes may go before it. */
    boolean holdsBack() {
        return !aside.isEmpty() || !ahead.crossings().isEmpty();
    }

    /** Under the lock. */
    Crossings crossings() {
        return ahead.crossings();
    }

    boolean closed() {
        return closed;
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

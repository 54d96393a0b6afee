package org.tongmai.routes.engine.journal.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.standards.exchange.Outcome;

/** What this node has under way, so that a duplicate can wait for the first's answer, and so that memory is bounded. */
final class InFlight {
    private final ConcurrentHashMap<Long, UnderWay> outcomes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Arrival.Identity, Long> identities = new ConcurrentHashMap<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final int mostMessages;
    private final long mostBytes;

    InFlight(int mostMessages, long mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /** Takes room for one message, or answers null when there is none. One message alone always has room. */
    Room room(int size) {
        int count = messages.incrementAndGet();
        long sum = bytes.addAndGet(size);
        if (count > 1 && (count > mostMessages || sum > mostBytes)) {
            messages.decrementAndGet();
            bytes.addAndGet(-size);
            return null;
        }
        return new Room(this, size, new AtomicBoolean());
    }

    /** A message that is in the journal is under way. */
    void begin(long id, List<String> keys) {
        outcomes.computeIfAbsent(
                id, number -> new UnderWay(keys, new CompletableFuture<>(), null, new AtomicBoolean(true)));
    }

    /**
     * A message with its number, not in the journal yet, is under way.
     *
     * @return 0, or the number of an equal one that is under way already: then this one is not
     */
    long begin(Arrival arrival) {
        if (arrival.identity != null) {
            Long first = identities.putIfAbsent(arrival.identity, arrival.id);
            if (first != null) {
                return first;
            }
        }
        List<String> keys = arrival.message.keys().orderingKeys();
        outcomes.put(arrival.id, new UnderWay(keys, new CompletableFuture<>(), arrival, new AtomicBoolean()));
        return 0;
    }

    /** The arrival that is to be written with the message's settlement; null when the journal has it. */
    Arrival takeArrival(long id) {
        UnderWay underWay = outcomes.get(id);
        return underWay != null && underWay.journalled().compareAndSet(false, true) ? underWay.arrival() : null;
    }

    /** Whether the journal has a message that is under way, or is to get it with its settlement. */
    boolean isJournalled(long id) {
        UnderWay underWay = outcomes.get(id);
        return underWay != null && underWay.journalled().get();
    }

    /** The settlement was not written: the next one has to bring the arrival again. */
    void giveBack(Arrival arrival) {
        UnderWay underWay = outcomes.get(arrival.id);
        if (underWay != null) {
            underWay.journalled().set(false);
        }
    }

    /** The ordering keys; none when the message is not under way here. */
    List<String> keysOf(long id) {
        UnderWay underWay = outcomes.get(id);
        return underWay == null ? List.of() : underWay.keys();
    }

    boolean contains(long id) {
        return outcomes.containsKey(id);
    }

    /** The outcome to come, or null when the message is not under way here. */
    CompletableFuture<Outcome> outcomeOf(long id) {
        UnderWay underWay = outcomes.get(id);
        return underWay == null ? null : underWay.outcome();
    }

    /** Ends it; waiting duplicates get the outcome. */
    void finish(long id, Outcome outcome) {
        UnderWay waiting = outcomes.remove(id);
        if (waiting != null) {
            if (waiting.arrival() != null && waiting.arrival().identity != null) {
                identities.remove(waiting.arrival().identity, id);
            }
            waiting.outcome().complete(outcome);
        }
    }

    int count() {
        return messages.get();
    }

    private record UnderWay(
            List<String> keys, CompletableFuture<Outcome> outcome, Arrival arrival, AtomicBoolean journalled) {}

    /** Room taken by one message, given back once. */
    record Room(InFlight owner, int size, AtomicBoolean released) {
        void release() {
            if (released.compareAndSet(false, true)) {
                owner.messages.decrementAndGet();
                owner.bytes.addAndGet(-size);
            }
        }
    }
}

package org.tongmai.adapters.district.twin.internal;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tongmai.adapters.district.twin.Fault;

/** The faults in force; a newer one of a kind replaces the older. */
public final class FaultPlan {
    private final Map<Fault.Kind, Active> active = new EnumMap<>(Fault.Kind.class);

    public synchronized void add(Fault fault) {
        active.put(fault.kind(), new Active(fault, System.nanoTime()));
    }

    public synchronized void clear() {
        active.clear();
    }

    /** Uses a fault once, when it is in force. */
    public synchronized Optional<Fault> take(Fault.Kind kind) {
        Active found = active.get(kind);
        if (found == null) {
            return Optional.empty();
        }
        if (found.isOver()) {
            active.remove(kind);
            return Optional.empty();
        }
        found.used++;
        return Optional.of(found.fault);
    }

    private static final class Active {
        private final Fault fault;
        private final long since;
        private int used;

        private Active(Fault fault, long since) {
            this.fault = fault;
            this.since = since;
        }

        private boolean isOver() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - since);
            return used >= fault.times() || elapsed.compareTo(fault.duration()) >= 0;
        }
    }
}

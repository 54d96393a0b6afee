package org.tongmai.console.server.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.exchange.AddressBlock;

/**
 * Logins that nobody looked at, since too many came. Who sends them chooses how many, so each has no record of its own: one a
 * network and minute says how many there were, and beyond so many networks one says it of all the others.
 */
final class FloodRecords implements AutoCloseable {
    static final int MOST_NETWORKS = 1_000;
    private static final String OTHERS = "";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LOOKS_EVERY_SECONDS = 5;

    private final Acts acts;
    private final InstantSource clock;
    private final Map<String, Refused> networks = new HashMap<>();
    private final ScheduledExecutorService timer = LastingWork.timer("audit-floods");

    /**
     * @param since when the first came
     * @param address where the first came from
     */
    private record Refused(Instant since, String address, int logins) {
        Refused more() {
            return new Refused(since, address, logins + 1);
        }
    }

    FloodRecords(Acts acts, InstantSource clock) {
        this.acts = acts;
        this.clock = clock;
        timer.scheduleWithFixedDelay(
                LastingWork.task(this::writeEnded), LOOKS_EVERY_SECONDS, LOOKS_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Counts a login; writes nothing yet. */
    void count(String address) {
        String network = AddressBlock.sender(address);
        synchronized (networks) {
            boolean room = networks.containsKey(network) || networks.size() < MOST_NETWORKS;
            networks.merge(
                    room ? network : OTHERS,
                    new Refused(clock.instant(), room ? address : "", 1),
                    (before, one) -> before.more());
        }
    }

    /** Writes of the networks whose minute is over. */
    void writeEnded() {
        write(clock.instant().minus(MINUTE));
    }

    /** Writes what was counted so far, since nobody counts any longer. */
    @Override
    public void close() {
        timer.shutdownNow();
        write(Instant.MAX);
    }

    private void write(Instant begun) {
        List<AuditRecord> records = new ArrayList<>();
        synchronized (networks) {
            networks.values().stream()
                    .filter(refused -> !refused.since().isAfter(begun))
                    .forEach(refused -> records.add(record(refused)));
            networks.values().removeIf(refused -> !refused.since().isAfter(begun));
        }
        records.forEach(acts::after);
    }

    private AuditRecord record(Refused refused) {
        String object = "console " + refused.logins()
                + (refused.address().isEmpty() ? " logins of other networks" : " logins of a network");
        return new AuditRecord(
                clock.instant(), new Actor("", refused.address()), "login.flood", object, "refused", "", Figures.NONE);
    }
}

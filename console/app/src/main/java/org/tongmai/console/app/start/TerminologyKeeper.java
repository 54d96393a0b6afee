package org.tongmai.console.app.start;

import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.TerminologyService;
import org.tongmai.standards.terminology.TerminologyStore;
import org.tongmai.standards.terminology.UnmappedCodes;

/** Every few seconds: keeps the counts of codes without a row, and follows what another node has put in force. */
final class TerminologyKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TerminologyKeeper.class);
    private static final long SECONDS = 5;

    private final TerminologyService service;
    private final TerminologyStore store;
    private final UnmappedCodes unmapped;
    private final ScheduledExecutorService clock = LastingWork.timer("terminology");

    private TerminologyKeeper(TerminologyService service, TerminologyStore store, UnmappedCodes unmapped) {
        this.service = service;
        this.store = store;
        this.unmapped = unmapped;
    }

    static TerminologyKeeper start(TerminologyService service, TerminologyStore store, UnmappedCodes unmapped) {
        TerminologyKeeper keeper = new TerminologyKeeper(service, store, unmapped);
        keeper.clock.scheduleWithFixedDelay(LastingWork.task(keeper::keep), SECONDS, SECONDS, TimeUnit.SECONDS);
        return keeper;
    }

    private void keep() {
        try {
            keepCounts();
            service.refresh();
        } catch (CodedException e) {
            LOG.warn("The tables are looked at again in {} seconds: {}", SECONDS, e.getMessage());
        }
    }

    private void keepCounts() {
        Map<UnmappedCodes.Key, Long> counts = unmapped.take();
        try {
            store.count(counts);
        } catch (CodedException e) {
            unmapped.putBack(counts);
            throw e;
        }
    }

    /** Keeps what was counted last. */
    @Override
    public void close() {
        clock.shutdownNow();
        LastingWork.task(this::keep).run();
    }
}

package org.tongmai.console.app.start;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.PortSettings.SamplePresence;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.UnmappedCodes;

/**
 * Database, broker, sample counterparts and the packaged maps, each made on a thread of its own. Who asks for one waits
 * for it, and gets its failure. Settings, ports and data directory are looked at before anything begins.
 */
final class BegunEarly implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BegunEarly.class);

    private final PortSettings ports;
    private final DataDirectory data;
    private final UnmappedCodes unmapped = new UnmappedCodes();
    private final CompletableFuture<DatabaseConfiguration.DatabaseServer> database;
    private final CompletableFuture<BrokerConfiguration.BrokerServer> broker;
    private final CompletableFuture<SampleTwins> sample;
    private final CompletableFuture<Maps> maps;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * The packaged tables, and the packaged maps compiled with them.
     *
     * @param mappings tells {@link #unmapped()} of codes without a row
     */
    record Maps(Terminology tables, MappingEngine mappings) {}

    private BegunEarly(TongmaiSettings settings, PortSettings ports, DataDirectory data) {
        this.ports = ports;
        this.data = data;
        this.database = begin("database", () -> DatabaseConfiguration.start(settings, ports, data));
        this.maps = begin("maps", this::compile);
        this.broker = begin("broker", () -> BrokerConfiguration.start(settings, data));
        this.sample = settings.sample().enabled()
                ? begin("sample", () -> new SampleTwins(settings, ports, data))
                : CompletableFuture.completedFuture(null);
    }

    /** @throws CodedException with everything that is wrong with the settings, ports in use, or the data directory */
    static BegunEarly begin(TongmaiSettings settings) {
        List<String> violations = settings.violations();
        if (!violations.isEmpty()) {
            throw new CodedException(
                    violations.stream()
                            .map(violation -> Issue.of(AppError.SETTINGS_INVALID, "", violation))
                            .toList(),
                    null);
        }
        SamplePresence sample = settings.sample().enabled() ? SamplePresence.RUNNING : SamplePresence.ABSENT;
        FreePorts.check(settings.ports().listening(sample, settings.gateway().doors()));
        PortSettings ports = settings.ports().shifted();
        return new BegunEarly(settings, ports, DataDirectory.open(settings.dataDirectory()));
    }

    private static <T> CompletableFuture<T> begin(String what, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "start-" + what);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private Maps compile() {
        Terminology tables = Terminology.load();
        return new Maps(tables, MappingEngine.compile(tables, MappingSettings.defaults(), unmapped));
    }

    /** With the offset applied. */
    PortSettings ports() {
        return ports;
    }

    DataDirectory data() {
        return data;
    }

    UnmappedCodes unmapped() {
        return unmapped;
    }

    DatabaseConfiguration.DatabaseServer database() {
        return done(database);
    }

    BrokerConfiguration.BrokerServer broker() {
        return done(broker);
    }

    /** Null where the sample is not to run. */
    SampleTwins sample() {
        return done(sample);
    }

    Maps maps() {
        return done(maps);
    }

    private static <T> T done(CompletableFuture<T> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CodedException coded ? coded : e;
        }
    }

    /** Once: the broker before the database, and the data directory is free when nothing writes to it any more. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (CompletableFuture<? extends AutoCloseable> begun : List.of(sample, broker, database)) {
            // what failed was told to who asked for it, and left nothing to stop
            begun.handle((server, failure) -> server)
                    .thenAccept(BegunEarly::stop)
                    .join();
        }
        stop(data);
    }

    private static void stop(AutoCloseable server) {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (Exception e) { // as AutoCloseable declares it; the others are stopped all the same
            LOG.warn("{} did not stop cleanly: {}", server.getClass().getSimpleName(), e.toString());
        }
    }
}

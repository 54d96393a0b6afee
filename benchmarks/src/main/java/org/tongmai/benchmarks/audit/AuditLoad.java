package org.tongmai.benchmarks.audit;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Records as a gateway writes them, at a rate, into a real database; then they are verified and searched. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "What an audit record costs: processor time of this process and of PostgreSQL, bytes, time until durable.")
public final class AuditLoad implements Callable<Integer> {
    private static final int WARM_UP_SECONDS = 10;
    /** Waking up costs too, and is the generator's. */
    private static final long REST_NANOS = 5_000_000;

    @Option(names = "--rate", defaultValue = "6000", description = "Records a second, 0 for as many as are taken.")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long, after a warm-up of 10 s.")
    private int seconds;

    @Option(names = "--pace", defaultValue = "10", description = "Milliseconds between two commits.")
    private int pace;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);
    private final LongAdder durable = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private long made;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("tongmai-audit");
        AuditSettings defaults = AuditSettings.defaults();
        AuditSettings settings = new AuditSettings(
                defaults.queue(),
                defaults.block(),
                Duration.ofMillis(pace),
                defaults.patience(),
                Duration.ofSeconds(10),
                defaults.retention());
        AuditLog.Signer signer =
                new AuditLog.Signer(NodeIdentity.named("load"), Sm2PrivateKey.generate(), folder.resolve("node"));
        try (AuditDatabase database = new AuditDatabase(folder.resolve("postgresql"));
                AuditLog log = AuditLog.start(
                        new AuditLog.Parts(database.pool(), signer, new SimpleMeterRegistry()), settings)) {
            measure(database, log);
            return read(log);
        }
    }

    private void measure(AuditDatabase database, AuditLog log) throws IOException, SQLException {
        run(log, WARM_UP_SECONDS);
        micros.reset();
        durable.reset();
        refused.reset();
        long blocks = database.number("select sequence from audit_head");
        long bytes = size(database);
        Duration server = database.processorTime();
        long own = processorNanos();
        long generator = THREADS.getCurrentThreadCpuTime();
        long writer = writerNanos();
        run(log, seconds);
        double records = durable.sum();
        double ownMicros = (processorNanos() - own) / 1_000.0 / records;
        double serverMicros = database.processorTime().minus(server).toNanos() / 1_000.0 / records;
        blocks = database.number("select sequence from audit_head") - blocks;
        System.out.printf(
                "%.0f records durable in %d s: %.0f/s; refused %d%n",
                records, seconds, records / seconds, refused.sum());
        System.out.printf(
                "processor time a record: %.1f us here (making the records included), %.1f us PostgreSQL, %.1f us in all%n",
                ownMicros, serverMicros, ownMicros + serverMicros);
        System.out.printf(
                "of this process: %.1f us making records and handing them over, %.1f us writing blocks (one thread each)%n",
                (THREADS.getCurrentThreadCpuTime() - generator) / 1_000.0 / records,
                (writerNanos() - writer) / 1_000.0 / records);
        System.out.printf(
                "until durable: p50 %.1f ms, p99 %.1f ms; %.0f records a block; %.0f bytes a record in the database%n",
                micros.getValueAtPercentile(50) / 1_000.0,
                micros.getValueAtPercentile(99) / 1_000.0,
                records / blocks,
                (size(database) - bytes) / records);
    }

    private static long size(AuditDatabase database) throws SQLException {
        return database.number("select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits"
                + " where inhparent = 'audit_block'::regclass");
    }

    /** Sends what is due and rests a little, as an event loop would have something else to do. */
    private void run(AuditLog log, int howLong) {
        long begin = System.nanoTime();
        long until = begin + Duration.ofSeconds(howLong).toNanos();
        long sent = 0;
        long ended = 0;
        while (System.nanoTime() < until) {
            long due = rate == 0
                    ? sent + (log.available() && sent - ended < 8_000 ? 1_000 : 0)
                    : (System.nanoTime() - begin) * rate / 1_000_000_000L;
            for (; sent < due; sent++) {
                send(log);
            }
            ended = durable.sum() + refused.sum();
            LockSupport.parkNanos(REST_NANOS);
        }
        while (durable.sum() + refused.sum() < sent) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void send(AuditLog log) {
        long begin = System.nanoTime();
        log.append(record(made++)).whenComplete((done, failure) -> {
            micros.recordValue((System.nanoTime() - begin) / 1_000);
            (failure == null ? durable : refused).increment();
        });
    }

    private static AuditRecord record(long number) {
        String trace = Long.toHexString(number * 0x9E3779B97F4A7C15L) + Long.toHexString(~number * 0xC2B2AE3D27D4EB4FL);
        return new AuditRecord(
                Instant.now(),
                new Actor("app-" + number % 97, "10.20." + number % 7 + "." + number % 251),
                "call",
                "service/resident-record-" + number % 31 + "@1." + number % 3 + ".0",
                number % 50 == 0 ? "TM-GATEWAY-0012" : "200",
                trace,
                new Figures(700 + number % 4_000, 300 + number % 900, 1_200 + number % 9_000, "", ""));
    }

    private int read(AuditLog log) {
        long begin = System.nanoTime();
        AuditVerdict verdict = log.verify(AuditSpan.everything());
        double took = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "verified: %d records of %d blocks in %.1f s, %.0f/s; findings %d%n",
                verdict.records(),
                verdict.blocks(),
                took,
                verdict.records() / took,
                verdict.findings().size());
        begin = System.nanoTime();
        String trace = record(made - 1).trace();
        Instant now = Instant.now();
        int found = log.search(new AuditQuery(
                        now.minus(Duration.ofHours(1)), now, Map.of(AuditQuery.Term.TRACE, trace), null, "", 10))
                .entries()
                .size();
        System.out.printf("searched by trace id: %d found in %.0f ms%n", found, (System.nanoTime() - begin) / 1e6);
        return verdict.intact() && refused.sum() == 0 && found == 1 ? 0 : 1;
    }

    private static long writerNanos() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("commit-audit")) {
                return THREADS.getThreadCpuTime(thread.getThreadId());
            }
        }
        throw new IllegalStateException("no thread commit-audit");
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}

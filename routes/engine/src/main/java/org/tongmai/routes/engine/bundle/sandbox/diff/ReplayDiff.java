package org.tongmai.routes.engine.bundle.sandbox.diff;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.Sandbox;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.diff.internal.Tally;
import org.tongmai.routes.engine.bundle.sandbox.internal.TimedThread;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.standards.error.CodedException;

/**
 * Runs journalled messages through two versions of a bundle, each in a sandbox on a thread of its own, and tells every output
 * field that differs. Nothing leaves, nothing is stored. Each message stands alone: as if it were the first about everything
 * it speaks of.
 *
 * <pre>{@code
 * DiffReport report = new ReplayDiff(platform, overrides).run(running, candidate, new JournalTraffic(journal, span, feeds));
 * }</pre>
 */
public final class ReplayDiff {
    private static final int PAGE = 500;

    /** What {@value #PAGE} messages may take in one version; they take a second. */
    private static final Duration MOST_OF_A_PAGE = Duration.ofMinutes(1);

    private final SandboxPlatform platform;
    private final BundleOverrides settings;
    private final Duration mostOfAPage;

    /** @param settings what the platform sets for the bundle */
    public ReplayDiff(SandboxPlatform platform, BundleOverrides settings) {
        this(platform, settings, MOST_OF_A_PAGE);
    }

    /** @param mostOfAPage what {@value #PAGE} messages may take in one version */
    public ReplayDiff(SandboxPlatform platform, BundleOverrides settings, Duration mostOfAPage) {
        this.platform = platform;
        this.settings = settings;
        this.mostOfAPage = mostOfAPage;
    }

    /**
     * Runs a span of the journal: of the feed it names, else of the receiving routes that both versions have; a bundle that
     * only delivers gets what came in by any.
     *
     * @throws CodedException with every rule that a version breaks, or which of them does not come to an end
     */
    public DiffReport run(BundleArchive before, BundleArchive after, Journal journal, Span span) {
        return run(before, after, span.toString(), receiving -> {
            List<String> any = receiving.isEmpty() ? List.of("") : receiving;
            return new JournalTraffic(journal, span, span.feed().isEmpty() ? any : List.of(span.feed()));
        });
    }

    /** Runs messages from wherever they are. */
    public DiffReport run(BundleArchive before, BundleArchive after, Iterable<Journalled> traffic) {
        return run(before, after, "", receiving -> traffic);
    }

    private DiffReport run(
            BundleArchive before,
            BundleArchive after,
            String span,
            Function<List<String>, Iterable<Journalled>> traffic) {
        long began = System.nanoTime();
        try (TimedThread one = new TimedThread("replay-diff 1", mostOfAPage);
                TimedThread other = new TimedThread("replay-diff 2", mostOfAPage);
                Sandbox running = Sandbox.open(before, settings, platform);
                Sandbox candidate = Sandbox.open(after, settings, platform)) {
            Tally tally = new Tally();
            List<String> both = new ArrayList<>(running.receiving());
            both.retainAll(candidate.receiving());
            Iterator<Journalled> messages = traffic.apply(both).iterator();
            while (messages.hasNext()) {
                List<Journalled> page = page(messages);
                Future<List<SandboxRun>> old = one.begin(() -> run(running, page));
                Future<List<SandboxRun>> now = other.begin(() -> run(candidate, page));
                List<SandboxRun> is = other.await("the candidate", now);
                count(page, one.await("the version that runs", old), is, tally);
            }
            return new DiffReport(
                    version(before),
                    version(after),
                    span,
                    tally.messages(),
                    tally.changed(),
                    (System.nanoTime() - began) / 1_000_000,
                    tally.changes());
        }
    }

    private static DiffReport.Version version(BundleArchive archive) {
        return new DiffReport.Version(archive.id(), archive.version(), archive.digest());
    }

    private static List<Journalled> page(Iterator<Journalled> messages) {
        List<Journalled> page = new ArrayList<>(PAGE);
        while (page.size() < PAGE && messages.hasNext()) {
            page.add(messages.next());
        }
        return page;
    }

    private static List<SandboxRun> run(Sandbox sandbox, List<Journalled> page) {
        List<SandboxRun> runs = new ArrayList<>(page.size());
        for (Journalled each : page) {
            sandbox.next(each.id(), each.message().receivedAt());
            boolean receives = sandbox.receiving().contains(each.feed());
            runs.add(receives ? sandbox.send(each.feed(), each.message()) : sandbox.publish(each.message()));
        }
        return runs;
    }

    private static void count(List<Journalled> page, List<SandboxRun> before, List<SandboxRun> after, Tally tally) {
        for (int i = 0; i < page.size(); i++) {
            tally.add(page.get(i), before.get(i), after.get(i));
        }
    }
}

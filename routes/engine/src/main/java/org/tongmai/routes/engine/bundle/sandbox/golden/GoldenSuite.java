package org.tongmai.routes.engine.bundle.sandbox.golden;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.tongmai.mappings.RowAt;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.Sandbox;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.SandboxRun;
import org.tongmai.routes.engine.bundle.sandbox.golden.internal.CaseJudge;
import org.tongmai.routes.engine.bundle.sandbox.golden.internal.CaseSender;
import org.tongmai.routes.engine.bundle.sandbox.golden.internal.GoldenFiles;
import org.tongmai.routes.engine.bundle.sandbox.internal.GoldenContent;
import org.tongmai.routes.engine.bundle.sandbox.internal.GoldenOutput;
import org.tongmai.routes.engine.bundle.sandbox.internal.TimedThread;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The golden tests of one version of a bundle, in a sandbox. Every case stands alone: nothing of one is there in the next.
 *
 * <pre>{@code
 * GoldenReport report = GoldenSuite.run(archive, BundleOverrides.NONE, platform);
 * }</pre>
 */
public final class GoldenSuite implements AutoCloseable {
    /** What a case may take; one takes milliseconds. */
    public static final Duration MOST = Duration.ofSeconds(30);

    /** Two times that no two runs share. */
    private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");

    private static final Instant SECOND = Instant.parse("2027-11-22T13:44:55Z");
    /** In an acknowledgement its own time and number, which differ each time. */
    private static final byte[] VARYING_HEADER = "MSH||||||*|||*".getBytes(StandardCharsets.UTF_8);

    private final BundleArchive archive;
    private final Sandbox sandbox;
    private final GoldenFiles files;
    private final CaseSender sender;
    private final SortedSet<RowAt> rowsRun = new TreeSet<>();
    private long number;

    private GoldenSuite(BundleArchive archive, Sandbox sandbox) {
        this.archive = archive;
        this.sandbox = sandbox;
        this.files = new GoldenFiles(archive);
        this.sender = new CaseSender(sandbox);
    }

    /** @throws CodedException with every rule that the bundle breaks, each with file and line */
    public static GoldenSuite open(BundleArchive archive, BundleOverrides settings, SandboxPlatform platform) {
        return new GoldenSuite(archive, Sandbox.open(archive, settings, platform));
    }

    /**
     * Runs every case, each in at most {@link #MOST}.
     *
     * @throws CodedException with every rule that the bundle breaks, each with file and line; or which case did not end
     */
    public static GoldenReport run(BundleArchive archive, BundleOverrides settings, SandboxPlatform platform) {
        return run(archive, settings, platform, MOST);
    }

    /** @param most what opening the sandbox and each case may take */
    public static GoldenReport run(
            BundleArchive archive, BundleOverrides settings, SandboxPlatform platform, Duration most) {
        long began = System.nanoTime();
        try (TimedThread thread = new TimedThread("golden", most)) {
            AtomicReference<GoldenSuite> opened = new AtomicReference<>();
            try {
                GoldenSuite suite = thread.call(archive.id(), () -> {
                    opened.set(open(archive, settings, platform));
                    return opened.get();
                });
                return suite.report(thread, began);
            } finally {
                // behind what hangs, if it ever ends, be it the opening
                thread.begin(Executors.callable(() -> close(opened.get())));
            }
        }
    }

    private static void close(GoldenSuite opened) {
        if (opened != null) {
            opened.close();
        }
    }

    private GoldenReport report(TimedThread thread, long began) {
        List<GoldenReport.Result> results = new ArrayList<>();
        for (String name : cases()) {
            List<Issue> failures = thread.call(place(name), () -> run(name));
            results.add(new GoldenReport.Result(name, failures));
        }
        return new GoldenReport(
                archive.id(),
                archive.digest(),
                results,
                invalid(),
                coverage(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    /** Name of the file a case sends. */
    private String place(String name) {
        GoldenFiles.Case each = files.cases().get(name);
        return each.file(each.input());
    }

    /** Names of the cases, sorted. */
    public List<String> cases() {
        return List.copyOf(files.cases().keySet());
    }

    /** What is wrong with the folder {@code test} itself. */
    public List<Issue> invalid() {
        return files.invalid();
    }

    /** Runs a case; answers where something else came out than its files say, empty when nothing did. */
    public List<Issue> run(String name) {
        GoldenFiles.Case each = files.cases().get(name);
        try {
            return CaseJudge.judge(each, send(each, FIRST), sandbox.destinations());
        } catch (CodedException e) { // a message that is none, a route that is none
            return e.issues();
        }
    }

    /**
     * The files a case would have if what it does now is right: what differs in a second run is {@code *}, and so is what the
     * files say may differ.
     *
     * @return content by name in the bundle, the message itself left out
     */
    public SortedMap<String, byte[]> written(String name) {
        GoldenFiles.Case each = files.cases().get(name);
        Map<String, byte[]> first = GoldenOutput.of(send(each, FIRST));
        Map<String, byte[]> second = GoldenOutput.of(send(each, SECOND));
        SortedMap<String, byte[]> written = new TreeMap<>();
        first.forEach((rest, content) -> {
            GoldenContent kind = GoldenContent.of(rest);
            byte[] general = kind.varying(content, second.getOrDefault(rest, content));
            if (rest.equals(GoldenOutput.ACKNOWLEDGEMENT)) {
                general = kind.generalised(general, VARYING_HEADER);
            }
            String existing = CaseJudge.sameOutput(rest, each.expected().keySet());
            byte[] pattern = existing == null ? null : each.expected().get(existing);
            written.put(
                    each.file(existing == null ? rest : existing),
                    pattern == null ? general : kind.generalised(general, pattern));
        });
        return written;
    }

    /** Names in the bundle of the files that say what is expected of a case. */
    public List<String> expectations(String name) {
        GoldenFiles.Case each = files.cases().get(name);
        return each.expected().keySet().stream().map(each::file).toList();
    }

    /** What of the bundle has run so far. */
    public GoldenCoverage coverage() {
        SortedSet<RowAt> rows = new TreeSet<>(sandbox.mappings().rows());
        var touched = rowsRun.stream().map(RowAt::file).collect(Collectors.toSet());
        rows.removeIf(row -> !touched.contains(row.file()) && !row.file().startsWith(archive.id() + "/"));
        return new GoldenCoverage(sandbox.coverage(), rows, new TreeSet<>(rowsRun));
    }

    private SandboxRun send(GoldenFiles.Case each, Instant at) {
        sandbox.next(++number, at);
        SandboxRun run = sender.send(each);
        run.received()
                .filter(received -> received.format().equals("hl7v2:message"))
                .ifPresent(received -> rowsRun.addAll(sandbox.mappings().rowsFor(received)));
        return run;
    }

    @Override
    public void close() {
        sandbox.close();
    }
}

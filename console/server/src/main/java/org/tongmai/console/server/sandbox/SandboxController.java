package org.tongmai.console.server.sandbox;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.message.MessageFilter;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.RunningBundle;
import org.tongmai.routes.engine.bundle.Tenants;
import org.tongmai.routes.engine.bundle.archive.ArchiveLimits;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.sandbox.RunningBundles;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.capture.MessageCapture;
import org.tongmai.routes.engine.bundle.sandbox.capture.MessageMask;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffReport;
import org.tongmai.routes.engine.bundle.sandbox.diff.DiffSheet;
import org.tongmai.routes.engine.bundle.sandbox.diff.InstanceJournal;
import org.tongmai.routes.engine.bundle.sandbox.diff.JournalTraffic;
import org.tongmai.routes.engine.bundle.sandbox.diff.Journalled;
import org.tongmai.routes.engine.bundle.sandbox.diff.ReplayDiff;
import org.tongmai.routes.engine.journal.Journal;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** Sandboxes over HTTP. Nothing that is tried here is stored or leaves. */
@RestController
@RequestMapping("/api")
public class SandboxController {
    private static final MediaType ZIP = MediaType.valueOf("application/zip");

    private final Journal journal;
    private final SandboxPlatform platform;
    private final RunningBundles bundles;
    /** One at a time: it takes both cores. */
    private final Semaphore diffs = new Semaphore(1);

    public SandboxController(Journal journal, SandboxPlatform platform, RunningBundles bundles) {
        this.journal = journal;
        this.platform = platform;
        this.bundles = bundles;
    }

    /**
     * The message, masked, as a golden test of the bundle it came in by: a zip of files for the bundle's folder.
     *
     * @param name of the case
     * @param as {@code zip}, or {@code json} for an object of files in Base64
     */
    @PostMapping("/messages/{id}/as-test")
    ResponseEntity<?> asTest(
            @PathVariable String id, @RequestParam String name, @RequestParam(defaultValue = "zip") String as)
            throws IOException {
        Journalled message = JournalTraffic.message(journal, MessageFilter.number(id, "id"))
                .orElseThrow(() -> refused(ConsoleError.NO_SUCH_MESSAGE, "id", ""));
        String instance = message.feed().substring(0, message.feed().lastIndexOf('.'));
        RunningBundle bundle = running(instance);
        String route = bundle.archive().id() + message.feed().substring(instance.length());
        MessageCapture capture = new MessageCapture(platform, new MessageMask());
        SortedMap<String, byte[]> files = capture.capture(
                new MessageCapture.Order(name, bundle.archive(), route, bundle.settings()), message.message());
        if (as.equals("json")) {
            return ResponseEntity.ok(Map.of("files", files));
        }
        return ResponseEntity.ok()
                .contentType(ZIP)
                .header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"")
                .body(zip(files));
    }

    /**
     * Runs a span of the journal through the bundle in the body (a zip) and through the version that runs now.
     *
     * @param tenant whose instance, with its settings and rows; empty where the bundle is deployed once
     * @param as {@code json}, {@code csv} or {@code html}
     */
    @PostMapping("/bundles/diff")
    ResponseEntity<?> diff(
            HttpServletRequest request,
            @ModelAttribute SpanFilter span,
            @RequestParam(defaultValue = "") String tenant,
            @RequestParam(defaultValue = "json") String as)
            throws IOException {
        byte[] body = request.getInputStream().readNBytes(ArchiveLimits.DEFAULT.packedBytes() + 1);
        BundleArchive candidate = BundleZip.read(body).archive();
        if (!diffs.tryAcquire()) {
            throw refused(SandboxError.BUSY, "", "one replay-diff at a time");
        }
        try {
            return answer(report(candidate, tenant, span), as);
        } finally {
            diffs.release();
        }
    }

    private DiffReport report(BundleArchive candidate, String tenant, SpanFilter span) {
        String instance = Tenants.instance(candidate.id(), tenant);
        RunningBundle running = running(instance);
        ReplayDiff diff = new ReplayDiff(platform, running.settings());
        Journal its = new InstanceJournal(journal, instance, candidate.id());
        return diff.run(running.archive(), candidate, its, span.span());
    }

    private static ResponseEntity<?> answer(DiffReport report, String as) {
        return switch (as) {
            case "csv" -> text("text/csv", DiffSheet.csv(report));
            case "html" -> text("text/html", DiffSheet.html(report));
            case "json" -> ResponseEntity.ok(report);
            default -> throw refused(ConsoleError.BAD_PARAMETER, "as", "expected: json, csv or html");
        };
    }

    private static ResponseEntity<byte[]> text(String type, String text) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.valueOf(type), StandardCharsets.UTF_8))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    private RunningBundle running(String instance) {
        return bundles.running(instance).orElseThrow(() -> refused(BundleError.BUNDLE_UNKNOWN, instance, "none runs"));
    }

    private static byte[] zip(SortedMap<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static CodedException refused(ErrorCode code, String location, String detail) {
        return new CodedException(Issue.of(code, location, detail));
    }
}

package org.tongmai.adapters.district.twin.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.district.twin.DistrictLedger;

/** The files that have come in, and the one thread that imports them in the order of their renaming. */
public final class Inbox implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);
    private static final String COMPLETE = ".csv";

    private final Path folder;
    private final LedgerFile ledger;
    private final FileImport fileImport;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread importer = new Thread(task, "district-twin");
        importer.setDaemon(true);
        return importer;
    });

    /** Opens the ledger in {@code folder} and imports what came before a crash and was not imported. */
    public Inbox(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder.resolve("inbox"));
        this.ledger = new LedgerFile(folder);
        this.fileImport = new FileImport(ledger, this.folder);
        thread.execute(this::importForgotten);
    }

    public Path folder() {
        return folder;
    }

    public DistrictLedger ledger() {
        return ledger;
    }

    /** Runs a task of the twin from time to time, between imports. */
    public void every(long milliseconds, Runnable task) {
        thread.scheduleWithFixedDelay(task, 0, milliseconds, TimeUnit.MILLISECONDS);
    }

    static boolean isComplete(String name) {
        return name.endsWith(COMPLETE);
    }

    /** Imports a file that was just given its final name. */
    void renamed(String name) {
        if (!isComplete(name)) {
            return;
        }
        try {
            thread.execute(() -> importFile(name));
        } catch (RejectedExecutionException e) {
            log.debug("The twin is closing; the file is imported when it starts again.");
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        ledger.close();
    }

    private void importForgotten() {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(f -> isComplete(f.toString()) && isForgotten(f))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            log.error("The twin can not look through its inbox.", e);
            return;
        }
        files.forEach(file -> importFile(nameOf(file)));
    }

    private boolean isForgotten(Path file) {
        try {
            return !ledger.isImported(
                    nameOf(file),
                    new LedgerFile.FileMark(
                            Files.size(file), Files.getLastModifiedTime(file).toMillis()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String nameOf(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private void importFile(String name) {
        try {
            fileImport.run(name);
        } catch (IOException | RuntimeException e) {
            // The thread must go on with the next file; this one has no receipt and is taken up at the next start.
            log.error("The twin can not import a file; it is tried again at the next start.", e);
        }
    }
}

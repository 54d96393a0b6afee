package org.tongmai.benchmarks.bundles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Writes many copies of one bundle for a platform to start with. */
@CommandLine.Command(
        name = "bundles",
        mixinStandardHelpOptions = true,
        description = "Writes many copies of one bundle, each with ports of its own, for a platform to start with.")
public final class ManyBundles implements Callable<Integer> {
    @Option(
            names = "--template",
            defaultValue = "routes/bundles/vaccination-to-district",
            description = "Folder of the bundle that is copied (${DEFAULT-VALUE}).")
    private Path template;

    @Option(names = "--count", defaultValue = "500", description = "Copies (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--first-port",
            defaultValue = "24000",
            description = "The copies listen on this port and those after it (${DEFAULT-VALUE}).")
    private int firstPort;

    @Option(names = "--folder", required = true, description = "Where the copies go.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        BundleCopies copies = new BundleCopies(template);
        for (int i = 0; i < count; i++) {
            copies.write(folder, "copy-%04d".formatted(i), firstPort + i * copies.ports());
        }
        System.out.printf("%d copies of %s in %s%n", count, template, folder);
        return 0;
    }
}

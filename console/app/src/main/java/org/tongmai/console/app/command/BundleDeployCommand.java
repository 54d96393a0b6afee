package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deploys a signed zip, or in development mode a folder. */
@Command(
        name = "deploy",
        description = "Give a version all traffic: verified, checked and tested by the platform first.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:deployed", "1:refused", "2:wrong arguments, or something can not be reached"})
class BundleDeployCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PlatformAccess platform;

    @Parameters(index = "0", paramLabel = "<zip or folder>", description = "The bundle.")
    private Path bundle;

    @Option(
            names = "--generation",
            defaultValue = "-1",
            paramLabel = "<n>",
            description = "The generation you looked at: refused when somebody decided in between.")
    private long generation;

    @Override
    public Integer call() {
        return send("/api/bundles?generation=" + generation);
    }

    final long generation() {
        return generation;
    }

    /** Posts the bundle to the address. */
    final int send(String address) {
        try {
            return platform.post(address, zip(), BundleLines::of);
        } catch (CodedException e) {
            e.issues().stream().map(Issue::text).forEach(spec.commandLine().getErr()::println);
            return 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("The bundle can not be read: " + e);
            return 2;
        }
    }

    /** @throws CodedException for what no platform would take, for example a file that is too large */
    private byte[] zip() throws IOException {
        if (Files.isDirectory(bundle)) {
            return BundleZip.write(BundleArchive.ofFolder(bundle), Optional.empty());
        }
        byte[] zip = BundleZip.content(bundle);
        BundleZip.read(zip);
        return zip; // as it was signed
    }
}

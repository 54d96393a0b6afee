package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.bundle.archive.TrustedAuthors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says who signed a bundle. */
@Command(
        name = "verify",
        description = "Say which trusted author signed exactly these files.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:signed by a trusted author", "1:refused", "2:wrong arguments, or it can not be read"})
final class BundleVerifyCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Parameters(index = "0", paramLabel = "<zip>", description = "File of the bundle.")
    private Path zip;

    @Option(
            names = "--trusted",
            required = true,
            paramLabel = "<folder>",
            description = "Folder with the public keys of the trusted authors, <author>.pem.")
    private Path trusted;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                SignedArchive signed = BundleZip.read(zip);
                String author = TrustedAuthors.load(trusted).verify(signed);
                BundleArchive archive = signed.archive();
                return answer.done(
                        archive.id() + " " + archive.version() + " signed by " + author + ", digest "
                                + archive.digest(),
                        Map.of(
                                "id", archive.id(),
                                "version", archive.version(),
                                "digest", archive.digest(),
                                "author", author));
            } catch (IOException e) {
                return answer.unreadable("The file can not be read: " + e);
            }
        });
    }
}

package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.BundleZip;
import org.tongmai.routes.engine.bundle.archive.Signature;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the file a bundle is shipped as. */
@Command(
        name = "sign",
        description = "Pack a bundle that keeps the rules into <id>-<version>.zip and sign it (SM2 over SM3).",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:signed", "1:refused", "2:wrong arguments, or a file that can not be used"})
final class BundleSignCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Mixin
    private KeyPassword password;

    @Parameters(index = "0", paramLabel = "<bundle>", description = "Folder of the bundle, or its zip.")
    private Path bundle;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "<file>",
            description = "Private key, as keygen or OpenSSL makes it.")
    private Path key;

    @Option(
            names = "--author",
            paramLabel = "<name>",
            description = "Name in the signature; default: name of the key file.")
    private String author;

    @Option(
            names = "--time",
            paramLabel = "<time>",
            description =
                    "Time in the signature, as 2026-11-26T12:00:00Z; default: now. The same files, key, author and"
                            + " time give the same bytes.")
    private Instant time;

    @Option(
            names = "--directory",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "Where the zip goes; default: here.")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                return sign();
            } catch (IOException e) {
                return answer.unreadable("A file can not be used: " + e);
            }
        });
    }

    private int sign() throws IOException {
        BundleArchive archive = BundleFiles.read(bundle).archive();
        Sm2PrivateKey signer = PemKeys.readPrivate(Files.readString(key), password.read());
        List<Issue> violations = BundleFiles.forgivingMissingSettings(BundleFiles.check(archive, BundleOverrides.NONE));
        if (BundleFiles.refused(violations)) {
            return answer.refused(Map.of("id", archive.id()), violations);
        }
        String name = author == null ? key.getFileName().toString().replaceFirst("\\.[^.]*$", "") : author;
        Signature signature = Signature.sign(archive, name, signer, time == null ? Instant.now() : time);
        Path zip = directory.resolve(BundleZip.fileName(archive));
        write(zip, BundleZip.write(archive, Optional.of(signature)));
        return answer.done(
                zip + "\n" + archive.digest(),
                Map.of(
                        "file", zip.toString(),
                        "id", archive.id(),
                        "version", archive.version(),
                        "digest", archive.digest(),
                        "key", signature.key()));
    }

    /** Whole, or not there. */
    private static void write(Path zip, byte[] content) throws IOException {
        Path part = zip.resolveSibling(zip.getFileName() + ".part");
        Files.write(part, content);
        Files.move(part, zip, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}

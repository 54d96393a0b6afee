package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an author's key pair. */
@Command(
        name = "keygen",
        description = "Make an SM2 key pair: <author>.key, which only you may read and nobody else may have, and"
                + " <author>.pem for the folder of trusted authors.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:made", "1:refused", "2:wrong arguments, or a file that can not be written"})
final class BundleKeygenCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Mixin
    private KeyPassword password;

    @Parameters(index = "0", paramLabel = "<author>", description = "Name of the files, for example zhang-san.")
    private String author;

    @Option(
            names = "--directory",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "Where the files go; default: here.")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        if (!author.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*")) {
            return answer.unreadable("<author>: expected letters, digits and . _ -");
        }
        Path secret = directory.resolve(author + ".key");
        Path open = directory.resolve(author + ".pem");
        return answer.of(() -> {
            try {
                if (Files.exists(open)) {
                    throw new FileAlreadyExistsException(open.toString());
                }
                Sm2PrivateKey key = Sm2PrivateKey.generate();
                char[] word = password.read();
                writeSecret(secret, word.length == 0 ? PemKeys.write(key) : PemKeys.write(key, word));
                Files.writeString(open, PemKeys.write(key.publicKey()), StandardOpenOption.CREATE_NEW);
                String fingerprint = key.publicKey().fingerprint();
                return answer.done(
                        secret + "\n" + open + "\nSM3 " + fingerprint,
                        Map.of(
                                "privateKey", secret.toString(),
                                "publicKey", open.toString(),
                                "fingerprint", fingerprint));
            } catch (IOException e) {
                return answer.unreadable("Nothing is overwritten, or a file can not be used: " + e);
            }
        });
    }

    /** Never readable by others, not even for a moment. */
    private static void writeSecret(Path file, String pem) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }
}

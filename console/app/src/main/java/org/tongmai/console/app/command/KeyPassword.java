package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine.Option;

/** The password of a private key; from a file, because arguments are seen by everybody on the machine. */
final class KeyPassword {
    @Option(
            names = "--password-file",
            paramLabel = "<file>",
            description = "File whose first line is the password of the private key; without it the key has none.")
    private Path file;

    /** Empty when there is none. */
    char[] read() throws IOException {
        if (file == null) {
            return new char[0];
        }
        String password = Files.readString(file).lines().findFirst().orElse("");
        if (password.isEmpty()) {
            throw new CodedException(
                    Issue.of(CryptoError.PASSWORD_MISSING, file.toString(), "its first line is empty"));
        }
        return password.toCharArray();
    }
}

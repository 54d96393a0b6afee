package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return Files.readString(file).lines().findFirst().orElse("").toCharArray();
    }
}

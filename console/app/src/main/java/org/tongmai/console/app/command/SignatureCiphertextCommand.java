package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tongmai.standards.crypto.CiphertextForm;
import org.tongmai.standards.crypto.Sm2KeyText;
import org.tongmai.standards.crypto.explain.CiphertextExplainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says in what form a ciphertext came that was not opened. */
@Command(
        name = "ciphertext",
        description = "Say in what form an SM2 ciphertext came that was not opened. Nothing of its content is shown.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:explained, or right as it is", "1:not explained", "2:wrong arguments, or an unreadable file"
        })
final class SignatureCiphertextCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Mixin
    private ExplanationText text;

    @Mixin
    private KeyPassword password;

    @Parameters(index = "0", paramLabel = "<file>", description = "The ciphertext, in hexadecimal digits or Base64.")
    private Path file;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "<file>",
            description = "The private key it was encrypted for, in any form.")
    private Path key;

    @Option(
            names = "--form",
            paramLabel = "<form>",
            defaultValue = "C1C3C2",
            description = "What was agreed, one of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private CiphertextForm form;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                return text.answer(
                        answer,
                        CiphertextExplainer.explain(
                                Files.readString(file),
                                form,
                                Sm2KeyText.readPrivate(Files.readString(key), password.read())));
            } catch (IOException e) {
                return answer.unreadable("A file can not be read: " + e);
            }
        });
    }
}

package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tongmai.standards.crypto.explain.SignatureCase;
import org.tongmai.standards.crypto.explain.SignatureExplainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says why a signature does not verify. */
@Command(
        name = "explain",
        description = "Say why an SM2 signature does not verify: by trying what is usually done differently.",
        mixinStandardHelpOptions = true,
        footer = {
            "The file: {\"signature\": \"…\", \"form\": \"RAW\" or \"DER\",",
            " \"ours\": {\"text\": \"what we say was signed\", \"userId\": \"…\", \"publicKey\": \"…\"},",
            " \"theirs\": {\"text\": \"what they say they signed\", \"userId\": \"…\", \"publicKey\": \"…\"}}"
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:explained, or right as it is", "1:not explained", "2:wrong arguments, or an unreadable file"
        })
final class SignatureExplainCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Mixin
    private ExplanationText text;

    @Parameters(index = "0", paramLabel = "<file>", description = "What is known, as JSON.")
    private Path file;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                return text.answer(answer, SignatureExplainer.explain(SignatureCase.read(Files.readAllBytes(file))));
            } catch (IOException e) {
                return answer.unreadable("The file can not be read: " + e);
            }
        });
    }
}

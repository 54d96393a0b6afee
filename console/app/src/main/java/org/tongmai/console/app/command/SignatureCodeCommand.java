package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tongmai.standards.crypto.caller.CallerCode;
import org.tongmai.standards.crypto.caller.CallerLanguage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a program that calls the open gateway. */
@Command(
        name = "code",
        description = "Write a program that calls services of the open gateway, signed with SM2.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:written", "1:refused", "2:wrong arguments, or a file that can not be written"})
final class SignatureCodeCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Option(
            names = "--language",
            required = true,
            paramLabel = "<language>",
            completionCandidates = Languages.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String language;

    @Option(
            names = "--gateway",
            required = true,
            paramLabel = "<address>",
            description = "Address of the gateway, for example https://gateway.example:8443.")
    private String gateway;

    @Option(names = "--app", required = true, paramLabel = "<id>", description = "Id of the application.")
    private String app;

    @Option(
            names = "--directory",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "Where the files go; default: here.")
    private Path directory;

    /** The languages, for the help text. */
    static final class Languages implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(CallerLanguage.values())
                    .map(CallerLanguage::text)
                    .iterator();
        }
    }

    @Override
    public Integer call() throws Exception {
        Optional<CallerLanguage> wanted = CallerLanguage.of(language);
        if (wanted.isEmpty()) {
            return answer.unreadable("There is no caller code in " + language);
        }
        return answer.of(() -> {
            Map<String, String> files = CallerCode.generate(wanted.get(), gateway, app);
            try {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    Files.writeString(directory.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW);
                }
            } catch (IOException e) {
                return answer.unreadable("Nothing is overwritten, or a file can not be written: " + e);
            }
            return answer.done(String.join("\n", files.keySet()), Map.of("files", files.keySet()));
        });
    }
}

package org.tongmai.console.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Saves a message of the journal as a golden test. */
@Command(
        name = "capture",
        description = "Save a message of a platform's journal as a test of the bundle it came in by: masked, with what"
                + " the bundle answers and makes of it. Read the files before you keep them.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:saved", "1:refused", "2:wrong arguments, or a file or platform that can not be used"})
final class BundleCaptureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private BundleSource source;

    @Mixin
    private PlatformAccess platform;

    @Option(names = "--message", paramLabel = "<number>", required = true, description = "The message's number.")
    private String message;

    @Option(names = "--name", paramLabel = "<case>", required = true, description = "Name of the test.")
    private String name;

    @Override
    public Integer call() {
        if (!source.folder() || !message.matches("[0-9]{1,19}") || !name.matches("[a-z0-9-]+")) {
            throw new ParameterException(spec.commandLine(), "expected a folder, a number and a plain name");
        }
        return platform.post("/api/messages/" + message + "/as-test?as=json&name=" + name, new byte[0], this::save);
    }

    /** Only files of the test's own name in the folder test: an answer is not trusted to say where it goes. */
    private String save(JsonNode answer) {
        try {
            SortedMap<String, byte[]> files = new TreeMap<>();
            for (Map.Entry<String, JsonNode> file : answer.path("files").properties()) {
                Path target = source.path().resolve(file.getKey());
                if (!file.getKey().matches("test/" + name + "\\.[a-z0-9.-]+") || Files.exists(target)) {
                    throw new FileAlreadyExistsException(file.getKey(), null, "is there, or not of this test");
                }
                files.put(file.getKey(), file.getValue().binaryValue());
            }
            Files.createDirectories(source.path().resolve("test"));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(source.path().resolve(file.getKey()), file.getValue());
            }
            return String.join("\n", files.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

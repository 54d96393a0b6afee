package org.tongmai.console.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.Issue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the folder of a new bundle that works. */
@Command(
        name = "new",
        description = "Make a small bundle that works, with its tests, in a folder named after its id.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:made", "1:refused", "2:wrong arguments, or a folder that can not be written"})
final class BundleNewCommand implements Callable<Integer> {
    @Mixin
    private CommandAnswer answer;

    @Option(
            names = "--id",
            required = true,
            paramLabel = "<id>",
            description = "Id of the bundle, kebab-case, for example my-hospital-adt.")
    private String id;

    @Option(names = "--title", paramLabel = "<title>", description = "What people call it; default: its id.")
    private String title;

    @Option(
            names = "--directory",
            paramLabel = "<folder>",
            defaultValue = ".",
            description = "In which its folder is made; default: here.")
    private Path directory;

    @Override
    public Integer call() throws Exception {
        return answer.of(() -> {
            try {
                return make();
            } catch (IOException e) {
                return answer.unreadable("The folder can not be made: " + e);
            }
        });
    }

    private int make() throws IOException {
        BundleArchive bundle = BundleTemplate.named(id, title == null ? id : title);
        List<Issue> violations = BundleFiles.forgivingMissingSettings(BundleFiles.check(bundle, BundleOverrides.NONE));
        if (BundleFiles.refused(violations)) {
            return answer.refused(Map.of("id", id), violations);
        }
        Path folder = directory.resolve(id);
        Files.createDirectory(folder);
        for (String name : bundle.names()) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bundle.file(name).orElseThrow());
        }
        return answer.done(folder.toString(), Map.of("id", id, "folder", folder.toString()), violations);
    }
}

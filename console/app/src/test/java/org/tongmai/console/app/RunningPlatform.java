package org.tongmai.console.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole platform in the test's own process, on ports and a data directory of its own: started before the first test of
 * a class, closed after the last.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RunningPlatform PLATFORM = new RunningPlatform();
 * }</pre>
 */
final class RunningPlatform implements BeforeAllCallback, AfterAllCallback {
    private final PlatformPorts ports = PlatformPorts.free();
    private final List<String> more;
    private Path folder;
    private ConfigurableApplicationContext context;

    /** @param more further arguments; they win */
    RunningPlatform(String... more) {
        this.more = List.of(more);
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        folder = Files.createTempDirectory("tongmai-platform");
        start();
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        stop();
        FileSystemUtils.deleteRecursively(folder);
    }

    private void start() {
        List<String> arguments = new ArrayList<>(ports.arguments());
        arguments.add("--tongmai.data-directory=" + data());
        arguments.add("--tongmai.database.shared-buffers=64MB");
        arguments.add("--tongmai.bundles.directory=" + SourceTree.root().resolve("routes/bundles"));
        more.forEach(argument -> arguments.removeIf(other -> name(other).equals(name(argument))));
        arguments.addAll(more);
        context = SpringApplication.run(TongmaiApplication.class, arguments.toArray(String[]::new));
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('='));
    }

    /** Closes it; what it wrote stays until the class is through. */
    void stop() {
        context.close();
    }

    void restart() {
        stop();
        start();
    }

    PlatformPorts ports() {
        return ports;
    }

    Path data() {
        return folder.resolve("data");
    }

    PlatformClient client() {
        return new PlatformClient(ports, data());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Every log that it wrote. */
    List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.walk(data().resolve("logs"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

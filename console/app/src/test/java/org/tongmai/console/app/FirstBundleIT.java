package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/first-bundle.md} to the letter: every command of it in one shell, in order. Only where the jar is,
 * and the ports, are those of this machine.
 */
class FirstBundleIT {
    /** A command that must fail ({@code ! command}) does not end a shell with {@code set -e} when it does not. */
    private static final String MUST_FAIL = "(?m)^! (.*)$";

    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final String JAR = "console/app/target/tongmai.jar";
    private static final int MINUTES = 10;

    @TempDir
    private Path folder;

    @Test
    void the_tutorial_works_as_it_is_written() throws IOException, InterruptedException {
        Path script = folder.resolve("first-bundle.sh");
        Files.writeString(script, script(PlatformPorts.free()));
        Path output = folder.resolve("output.txt");
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        bash.environment().put("JDK_JAVA_OPTIONS", PlatformProcess.QUICK);
        Process shell = bash.start();

        boolean ended = shell.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        }

        assertThat(ended)
                .as("within " + MINUTES + " minutes\n" + Files.readString(output))
                .isTrue();
        assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
    }

    /** The commands; one that fails ends the script, and the platform with it. */
    private static String script(PlatformPorts ports) throws IOException {
        String text = Files.readString(SourceTree.root().resolve("docs/first-bundle.md"));
        StringBuilder script = new StringBuilder("set -euxo pipefail\ntrap 'kill $platform' ERR\n");
        Matcher commands = COMMANDS.matcher(text);
        while (commands.find()) {
            script.append(commands.group(1));
        }
        return script.toString()
                .replaceAll(MUST_FAIL, "if $1; then exit 1; fi")
                .replace(JAR, SourceTree.root().resolve(JAR).toString())
                .replace("first-platform >", "first-platform --tongmai.ports.offset=" + ports.offset() + " >")
                .replace("localhost:8080", "localhost:" + ports.http())
                .replace("/127.0.0.1/2620", "/127.0.0.1/" + (2620 + ports.offset()));
    }
}

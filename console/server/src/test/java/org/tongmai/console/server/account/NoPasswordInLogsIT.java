package org.tongmai.console.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.console.server.sample.SampleConsole;

@ExtendWith(OutputCaptureExtension.class)
class NoPasswordInLogsIT {
    @Test
    void no_password_reaches_a_log_even_at_debug(CapturedOutput output, @TempDir Path data) throws Exception {
        RunningConsole shared = RunningConsole.shared();
        Map<String, Object> debug =
                Map.of("logging.level.org.springframework.security", "DEBUG", "logging.level.org.tongmai", "DEBUG");
        try (var context = SampleConsole.start(data, debug)) {
            String port = context.getEnvironment().getProperty("local.server.port");
            Map<String, String> passwords =
                    java.nio.file.Files.readAllLines(data.resolve("first-passwords.txt")).stream()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" "))
                            .collect(java.util.stream.Collectors.toMap(words -> words[0], words -> words[1]));
            String path = "/api/messages/x";
            HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + path))
                    .header("Authorization", RunningConsole.basic("operator", passwords.get("operator")));
            assertThat(shared.send(request).statusCode()).isEqualTo(400);
            assertThat(output.getAll()).contains("Tomcat started", "Securing GET");
            passwords.values().forEach(password -> assertThat(output.getAll()).doesNotContain(password));
        }
    }
}

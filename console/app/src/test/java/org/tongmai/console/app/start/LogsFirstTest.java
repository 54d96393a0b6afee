package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.DefaultBootstrapContext;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class LogsFirstTest {
    @TempDir
    private Path folder;

    private final List<Integer> ends = new ArrayList<>();

    private void prepare(Path data) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("tongmai.data-directory", data.toString())));
        new LogsFirst(ends::add)
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }

    @Test
    void a_data_directory_that_can_not_be_made_ends_the_start() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        prepare(file.resolve("data"));
        assertThat(ends).containsExactly(1);
    }

    @Test
    void a_new_one_is_made() {
        prepare(folder.resolve("new/data"));
        assertThat(ends).isEmpty();
        assertThat(folder.resolve("new/data/logs")).isDirectory();
    }
}

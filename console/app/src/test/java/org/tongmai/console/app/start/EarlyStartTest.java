package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

class EarlyStartTest {
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private List<Issue> refusal(String... settings) {
        GenericApplicationContext context = new GenericApplicationContext();
        TestPropertyValues.of(settings).and("tongmai.data-directory=" + data()).applyTo(context);
        List<Issue> issues = new ArrayList<>();
        assertThatThrownBy(() -> new EarlyStart().initialize(context))
                .isInstanceOfSatisfying(CodedException.class, refused -> issues.addAll(refused.issues()));
        assertThat(context.getBeanFactory().containsSingleton("begunEarly")).isFalse();
        return issues;
    }

    @Test
    void everything_that_is_wrong_with_the_settings_is_told_before_anything_begins() {
        assertThat(refusal("tongmai.ports.http=70000", "tongmai.node-name=a b"))
                .hasSize(2)
                .allMatch(issue -> issue.code() == AppError.SETTINGS_INVALID);
        assertThat(data()).doesNotExist();
    }

    @Test
    void a_port_in_use_is_told_before_anything_begins() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(refusal("tongmai.ports.http=" + taken.getLocalPort()))
                    .anyMatch(issue -> issue.code() == AppError.PORT_IN_USE
                            && issue.location().equals("tongmai.ports.http"));
        }
        assertThat(data()).doesNotExist();
    }
}

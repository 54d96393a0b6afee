package org.tongmai.console.app.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.tongmai.console.app.AppError;
import org.tongmai.standards.error.Issue;

/**
 * Looks whether the logs can be written before the logging system tries to, because that would say so in a hundred lines.
 * There is nothing to log to yet: the one line goes to the terminal.
 */
public final class LogsFirst implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private final IntConsumer end;

    /** @param end ends the process with an exit status */
    public LogsFirst(IntConsumer end) {
        this.end = end;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Path data = Path.of(event.getEnvironment().getProperty("tongmai.data-directory", ".tongmai"));
        try {
            Path logs = Files.createDirectories(data.resolve("logs"));
            if (!Files.isWritable(logs)) {
                throw new IOException("not writable");
            }
        } catch (IOException e) {
            String detail =
                    data.toAbsolutePath() + ": " + e.getClass().getSimpleName() + "; expected: a directory of yours";
            System.err.println(Issue.of(AppError.DATA_DIRECTORY_NOT_WRITABLE, "tongmai.data-directory", detail)
                    .text());
            end.accept(1);
        }
    }

    /** After application.properties was read, before logging begins. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }
}

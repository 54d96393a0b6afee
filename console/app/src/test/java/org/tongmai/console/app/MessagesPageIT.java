package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The browser test of the page Messages, in Chromium, against the whole platform with a real message in it. */
class MessagesPageIT {
    @TempDir
    private Path folder;

    @Test
    void the_page_shows_and_replays_a_message_that_went_through_the_platform() throws Exception {
        PagesInChromium pages = PagesInChromium.orSkip(folder);
        try (PlatformProcess platform = new PlatformProcess(folder.resolve("data"), PlatformPorts.free(), "-Xmx1g")) {
            platform.start();
            assertThat(PlatformClient.exchange(platform.ports().mllpAdt(), message()))
                    .contains("MSA|AA");
            await("delivered")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> platform.client().stats().get("delivered").asLong() == 1);

            pages.pass(
                    "messages.test.mjs",
                    Map.of(
                            "BASE_URL", "http://127.0.0.1:" + platform.ports().http(),
                            "OPERATOR_PASSWORD", platform.client().password("operator"),
                            "VIEWER_PASSWORD", platform.client().password("viewer")));
        }
    }

    private static byte[] message() throws IOException {
        try (InputStream message = MessagesPageIT.class.getResourceAsStream("/hl7/admit.hl7")) {
            return message.readAllBytes();
        }
    }
}

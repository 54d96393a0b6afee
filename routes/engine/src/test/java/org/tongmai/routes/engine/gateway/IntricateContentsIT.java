package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Contents made to be dear, over HTTP against a node. */
class IntricateContentsIT {
    private static final String MOTHER = "110101198503070023";
    /** Takes all the steps there are for its length. */
    private static final String INTRICATE = "<?a b=".repeat(41_000);

    private static final int HOSTILE = 120;
    private static final int OTHERS = 20;

    private static UserGateway gateway;

    @BeforeAll
    static void open() throws Exception {
        gateway = new UserGateway();
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @Test
    void while_contents_made_to_be_dear_are_judged_the_calls_of_others_pass() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest hostile = intricate(gateway.as(MOTHER, "/plain/x"));
        assertThat(passes()).isEqualTo(200);

        List<CompletableFuture<HttpResponse<String>>> judged = Stream.generate(
                        () -> client.sendAsync(hostile, HttpResponse.BodyHandlers.ofString()))
                .limit(HOSTILE)
                .toList();
        CompletableFuture.anyOf(judged.toArray(CompletableFuture[]::new)).join();
        for (int i = 0; i < OTHERS; i++) {
            assertThat(passes()).isEqualTo(200);
        }

        assertThat(judged)
                .as("some wait still when the others had their answers")
                .anyMatch(each -> !each.isDone());
        assertThat(judged.stream().map(each -> code(each.join()))).containsOnly("TM-SCREEN-00");
        assertThat(gateway.backend.calls).hasValue(OTHERS + 1);
    }

    @Test
    void who_calls_is_asked_before_anything_of_the_content_is_looked_into() {
        assertThat(code(SignedCaller.send(intricate(gateway.request("/plain/x")))))
                .isEqualTo("TM-GATE-0060");
        assertThat(code(SignedCaller.send(
                        intricate(gateway.request("/plain/x").header("Authorization", "Bearer a.b.c")))))
                .isEqualTo("TM-GATE-0061");
    }

    private static HttpRequest intricate(HttpRequest.Builder request) {
        return request.header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(INTRICATE))
                .build();
    }

    private static int passes() {
        return SignedCaller.send(gateway.as(MOTHER, "/plain/x").build()).statusCode();
    }
}

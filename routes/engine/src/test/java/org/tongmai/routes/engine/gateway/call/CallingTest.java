package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.http.HttpError;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Gateways.TargetState;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeError;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** What a disk of ours that fails means for the caller, and for the service. */
class CallingTest {
    private static final String RULES =
            """
            {"services": [{"id": "images", "gateways": ["BUS"], "methods": ["GET", "POST"], "path": "/images",
              "transport": {"kind": "http", "targets": [{"url": "http://one.example"}]},
              "traffic": {"breaker": {"minimumCalls": 2}}}]}
            """;

    private int calls;

    /** Of a service whose calls all end so. */
    private Calling ending(ExchangeError error) {
        return ending(new IllegalStateException(new CodedException(Issue.of(error, "", "of the disk"))));
    }

    private Calling ending(Exception failure) {
        return new Calling(
                RuleFiles.read(RULES).services().get(0),
                new Carrier() {
                    @Override
                    public void carry(
                            HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
                        calls++;
                        done.accept(null, failure);
                    }

                    @Override
                    public Presence presence() {
                        return new Presence();
                    }
                },
                () -> 1);
    }

    private static CodedException failure(Calling calling, String method) {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        HttpCall call = new HttpCall(method, "/images", "", HttpFields.NONE, new byte[0], "127.0.0.1");
        calling.call(new Asking(call, "", call.fields()), (answer, failure) -> told.complete(failure));
        return (CodedException) told.join();
    }

    @Test
    void who_must_not_call_twice_is_not_told_to_come_again_because_his_answer_had_no_room() {
        Calling full = ending(ExchangeError.NO_DISK_ROOM);

        CodedException done = failure(full, "POST");
        assertThat(done.code()).isEqualTo(GatewayError.DONE_NOT_ANSWERED);
        assertThat(done.retryable()).isFalse();
        assertThat(failure(full, "GET").code()).isEqualTo(ExchangeError.NO_DISK_ROOM);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void a_disk_that_can_not_be_read_while_a_content_is_sent_is_not_the_service_s_fault() {
        Calling broken = ending(ExchangeError.NOT_READ);

        for (int i = 0; i < 10; i++) {
            assertThat(failure(broken, "POST").code()).isEqualTo(ExchangeError.NOT_READ);
        }
        assertThat(broken.breaker().state()).isEqualTo("CLOSED");
        assertThat(broken.breaker().underWay()).isZero();
        assertThat(broken.targets().get(0).state()).isEqualTo(TargetState.UP);
    }

    @Test
    void what_the_service_may_have_done_is_not_said_to_be_worth_another_call() {
        Calling broken = ending(new IOException("10.0.0.7 reset"));

        CodedException perhaps = failure(broken, "POST");
        assertThat(perhaps.code()).isEqualTo(GatewayError.OUTCOME_UNKNOWN);
        assertThat(perhaps.retryable()).isFalse();
        assertThat(perhaps.getMessage()).contains("TM-GATE-0021").doesNotContain("IOException", "10.0.0.7");
        assertThat(failure(broken, "GET").code()).isEqualTo(GatewayError.SERVICE_FAILED);
        assertThat(failure(ending(new ConnectException()), "POST").code())
                .as("nothing of it went out")
                .isEqualTo(GatewayError.SERVICE_FAILED);
    }

    @Test
    void a_connection_that_broke_leaves_open_what_became_of_the_call_and_one_that_was_never_made_does_not() {
        for (HttpError open : List.of(HttpError.CONNECTION_LOST, HttpError.NOT_ANSWERED)) {
            assertThat(failure(ending(new CodedException(Issue.of(open, "", ""))), "POST")
                            .code())
                    .isEqualTo(GatewayError.OUTCOME_UNKNOWN);
        }
        assertThat(failure(ending(new CodedException(Issue.of(HttpError.NOT_CONNECTED, "", ""))), "POST")
                        .code())
                .isEqualTo(GatewayError.SERVICE_FAILED);
    }
}

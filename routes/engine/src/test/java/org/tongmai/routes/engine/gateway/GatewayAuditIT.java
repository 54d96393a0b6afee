package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tongmai.routes.engine.gateway.SignedCaller.code;
import static org.tongmai.routes.engine.gateway.SignedCaller.get;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.journal.TestDatabase;
import org.tongmai.standards.crypto.Sm2PrivateKey;

class GatewayAuditIT {
    private static TestDatabase database;
    private static Backend backend;
    private static GatewayNode one;

    @BeforeAll
    static void publish() throws Exception {
        database = new TestDatabase();
        backend = new Backend();
        backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        one = new GatewayNode(database.dataSource(), "one", Set.of(), Clock.systemUTC());
        one.registry.publish(GatewayIT.text(Sm2PrivateKey.generate(), backend), 0, "first", "test");
    }

    @AfterAll
    static void close() {
        one.close();
        backend.close();
        database.close();
    }

    @Test
    void every_call_and_every_refusal_is_in_the_audit_log_under_its_trace() {
        HttpResponse<String> passed = get(one.bus, "/kept?a=audit");
        HttpResponse<String> refused = get(one.bus, "/locked");

        for (HttpResponse<String> answer : List.of(passed, refused)) {
            assertThat(outcomes(answer)).containsExactly(answer.statusCode() == 200 ? "200" : code(answer));
        }
    }

    @Test
    void an_answer_waits_for_the_record_of_its_call_unless_the_service_says_otherwise() throws Exception {
        backend.calls.set(0);
        CompletableFuture<HttpResponse<String>> waiting;
        HttpResponse<String> answered;
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_block in exclusive mode");
            answered = get(one.bus, "/public");
            waiting = CompletableFuture.supplyAsync(() -> get(one.bus, "/far"));
            await().until(() -> backend.calls.get() == 2);
            assertThat(waiting).isNotDone();
            connection.rollback();
        }
        for (HttpResponse<String> each : List.of(answered, waiting.get(10, TimeUnit.SECONDS))) {
            assertThat(each.statusCode()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(outcomes(each)).containsExactly("200"));
        }
    }

    @Test
    void who_called_what_was_done_and_could_not_be_recorded_is_told_so_and_not_to_come_again() {
        backend.answers = (exchange, body) -> {
            database.execute("alter table audit_block rename to audit_block_away");
            Backend.reply(exchange, 200, "fine");
        };
        try {
            HttpResponse<String> answer = get(one.bus, "/far");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(code(answer)).isEqualTo("TM-GATE-0027");
            assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        } finally {
            database.execute("alter table audit_block_away rename to audit_block");
            backend.answers = (exchange, body) -> Backend.reply(exchange, 200, "fine");
        }
        await().until(() -> get(one.bus, "/far").statusCode() == 200);
    }

    private static List<String> outcomes(HttpResponse<String> answer) {
        String trace = answer.headers().firstValue("x-tongmai-trace").orElseThrow();
        AuditQuery query = new AuditQuery(
                Instant.now().minusSeconds(600),
                Instant.now().plusSeconds(1),
                Map.of(AuditQuery.Term.TRACE, trace),
                null,
                "",
                10);
        return one.audit.search(query).entries().stream()
                .map(entry -> entry.record().outcome())
                .toList();
    }
}

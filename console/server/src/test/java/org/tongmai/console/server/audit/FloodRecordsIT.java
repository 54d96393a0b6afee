package org.tongmai.console.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.sample.RunningConsole;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditRecord;

/** Logins that are refused for their number are counted in the audit log, and can not fill it. */
class FloodRecordsIT {
    private static List<AuditRecord> records(RunningConsole console, Instant since, Map<Term, String> terms) {
        return console
                .bean(AuditLog.class)
                .search(new AuditQuery(since, Instant.now().plus(Duration.ofDays(1)), terms, null, "", 1_000))
                .entries()
                .stream()
                .map(entry -> entry.record())
                .toList();
    }

    @Test
    void a_network_has_one_record_a_minute_and_beyond_so_many_networks_one_is_for_all_others() {
        RunningConsole console = RunningConsole.shared();
        Instant begin = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(begin);
        try (FloodRecords floods = new FloodRecords(console.bean(Acts.class), now::get)) {
            IntStream.range(0, 37).forEach(each -> floods.count("10.77.0.1"));
            IntStream.range(0, FloodRecords.MOST_NETWORKS + 4)
                    .forEach(each -> floods.count("10.78." + each / 250 + "." + each % 250));
            floods.writeEnded();
            assertThat(records(console, begin, Map.of(Term.ADDRESS, "10.77.0.1")))
                    .isEmpty();
            now.set(begin.plusSeconds(61));
            floods.writeEnded();
            await().untilAsserted(() -> {
                assertThat(records(console, begin, Map.of(Term.ADDRESS, "10.77.0.1")))
                        .extracting(AuditRecord::act, AuditRecord::object, AuditRecord::outcome)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(
                                "login.flood", "console 37 logins of a network", "refused"));
                assertThat(records(console, begin, Map.of(Term.OBJECT, "console 5 logins of other networks")))
                        .hasSize(1);
            });
            floods.count("10.77.0.1");
        }
        await("the rest, at the end")
                .untilAsserted(() -> assertThat(records(console, begin, Map.of(Term.ADDRESS, "10.77.0.1")))
                        .hasSize(2));
    }

    @Test
    void logins_that_are_refused_for_their_number_are_counted_and_have_no_record_of_their_own() throws Exception {
        try (RunningConsole console = RunningConsole.start(Map.of())) {
            Instant begin = Instant.now();
            HttpRequest.Builder guess = HttpRequest.newBuilder(console.uri("/api/replays"))
                    .header("Authorization", RunningConsole.basic("not-there", "wrong"))
                    .POST(BodyPublishers.noBody());
            List<Integer> answers = IntStream.range(0, 70)
                    .mapToObj(each -> console.send(guess.copy()).statusCode())
                    .toList();
            long refused = answers.stream().filter(status -> status == 429).count();
            assertThat(refused).isPositive();
            console.bean(FloodRecords.class).close();
            await().untilAsserted(() -> assertThat(records(console, begin, Map.of(Term.ACT, "login.flood")))
                    .extracting(record -> record.object() + " " + record.actor().address())
                    .containsExactly("console " + refused + " logins of a network 127.0.0.1"));
            assertThat(records(console, begin, Map.of(Term.OUTCOME, "429"))).isEmpty();
        }
    }
}

package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheLevel;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class KeptAnswersTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final int ENTRIES = 10;

    private final AtomicLong nanos = new AtomicLong();
    private final KeptAnswers everybody = kept(CacheLevel.EVERYBODY);
    private final KeptAnswers applications = kept(CacheLevel.APPLICATION);

    @Test
    void an_answer_for_everybody_is_one_user_s_all_the_same() {
        assertThat(key(everybody, "a=1", "X-Tongmai-User", "urn:oid:1|mother"))
                .isNotEqualTo(key(everybody, "a=1", "X-Tongmai-User", "urn:oid:1|stranger"));
    }

    @Test
    void an_answer_for_an_application_is_no_other_application_s() {
        HttpCall call = call("a=1", HttpFields.NONE);
        assertThat(applications.key(call, "one")).isNotEqualTo(applications.key(call, "two"));
        assertThat(everybody.key(call, "one")).isEqualTo(everybody.key(call, "two"));
    }

    @Test
    void the_order_of_names_makes_no_difference_and_that_of_one_name_s_values_does() {
        assertThat(key(everybody, "b=2&id=1&id=2")).isEqualTo(key(everybody, "id=1&b=2&id=2"));
        assertThat(key(everybody, "id=1&id=2")).isNotEqualTo(key(everybody, "id=2&id=1"));
    }

    /** As ASP.NET, Oracle, PHP or Python before 3.10 might read them, each asks for another than the one before. */
    @ParameterizedTest
    @CsvSource({
        "id=1, id=1&ID=2",
        "id=1, id=1&i_d=2",
        "id=1, id=1&id[]=2",
        "id=1, id=1&id%00=2",
        "id=1, id=1&%2569d=2",
        "'', ID=5",
        "ID=5, ID=6",
        "x=1, x=1;id=7",
        "x=1;id=7, x=1;id=8",
        "i%64=1, i%64=2"
    })
    void a_query_that_a_service_might_read_in_another_way_counts_whole(String one, String other) {
        KeptAnswers kept = kept(CacheLevel.EVERYBODY, "id");
        assertThat(key(kept, one)).isNotEqualTo(key(kept, other));
    }

    @Test
    void of_a_query_that_all_read_alike_only_what_makes_a_difference_counts() {
        KeptAnswers kept = kept(CacheLevel.EVERYBODY, "id");
        assertThat(key(kept, "id=1&page=2")).isEqualTo(key(kept, "page=3&id=1")).isNotEqualTo(key(kept, "page=2&id=2"));
        assertThat(key(kept, "page=2")).isEqualTo(key(kept, ""));
    }

    @Test
    void the_order_of_names_that_a_service_might_take_for_one_makes_a_difference() {
        assertThat(key(everybody, "id=1&ID=2")).isNotEqualTo(key(everybody, "ID=2&id=1"));
    }

    @Test
    void another_path_and_another_form_are_other_answers() {
        String asked = key(everybody, "a=1", "Accept", "application/json");
        assertThat(key(everybody, "a=1", "Accept", "application/xml")).isNotEqualTo(asked);
        assertThat(key(everybody, "a=1", "Accept", "application/json", "Accept-Language", "zh"))
                .isNotEqualTo(asked);
        HttpCall other = new HttpCall(
                "GET", "/other", "a=1", HttpFields.of("Accept", "application/json"), new byte[0], "127.0.0.1");
        assertThat(everybody.key(other, "")).isPresent().get().isNotEqualTo(asked);
    }

    @Test
    void an_answer_is_kept_for_its_time_and_no_longer() {
        String key = key(everybody, "a=1");
        everybody.keep(key, new HttpAnswer(200, HttpFields.NONE, new byte[] {1}));
        nanos.addAndGet(TIME.toNanos() - 1);
        assertThat(everybody.find(key)).isPresent();
        nanos.addAndGet(1);
        assertThat(everybody.find(key)).isEmpty();
    }

    @Test
    void no_more_is_kept_than_agreed() {
        List<String> keys = IntStream.range(0, 2 * ENTRIES)
                .mapToObj(i -> key(everybody, "a=" + i))
                .toList();
        keys.forEach(key -> everybody.keep(key, new HttpAnswer(200, HttpFields.NONE, new byte[16 * 1024])));
        await().until(() ->
                keys.stream().flatMap(key -> everybody.find(key).stream()).count() <= ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-age=0",
                "public, max-age=0",
                "s-maxage=0, max-age=60",
                "Max-Age=\"0\"",
                "no-store",
                "no-cache"
            })
    void an_answer_that_is_stale_at_once_is_not_kept(String control) {
        assertThat(foundAgain(control)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=60", "max-age=10, s-maxage=05", "public"})
    void an_answer_that_may_be_kept_is(String control) {
        assertThat(foundAgain(control)).isPresent();
    }

    private Optional<HttpAnswer> foundAgain(String control) {
        String key = key(everybody, "a=" + control.length());
        everybody.keep(key, new HttpAnswer(200, HttpFields.of("Cache-Control", control), new byte[] {1}));
        return everybody.find(key);
    }

    private static String key(KeptAnswers kept, String query, String... fields) {
        return kept.key(call(query, HttpFields.of(fields)), "").orElseThrow();
    }

    private static HttpCall call(String query, HttpFields fields) {
        return new HttpCall("GET", "/kept", query, fields, new byte[0], "127.0.0.1");
    }

    private KeptAnswers kept(CacheLevel level, String... parameters) {
        return new KeptAnswers(
                new TrafficRule.Cache(level, TIME, List.of(parameters), ENTRIES, null, null), nanos::get);
    }
}

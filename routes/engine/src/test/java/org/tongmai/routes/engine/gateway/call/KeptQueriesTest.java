package org.tongmai.routes.engine.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.Gateways.CacheFigures;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.Cache;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheHeaders;
import org.tongmai.routes.engine.gateway.rules.TrafficRule.CacheLevel;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/** Answers of queries that are sent by POST, answers whose service says that they are not to be kept, and forgetting them. */
class KeptQueriesTest {
    private static final HttpFields JSON = HttpFields.of("Content-Type", "application/json");
    private static final HttpFields FORM = HttpFields.of("Content-Type", "application/x-www-form-urlencoded");

    private final KeptAnswers whole = kept(CacheLevel.EVERYBODY, List.of(), CacheHeaders.OBEY);
    private final KeptAnswers byHospital = kept(CacheLevel.EVERYBODY, List.of("hospital", "day"), CacheHeaders.OBEY);
    private final KeptAnswers ignoring = kept(CacheLevel.EVERYBODY, List.of(), CacheHeaders.IGNORE);

    private static KeptAnswers kept(CacheLevel level, List<String> parameters, CacheHeaders headers) {
        return new KeptAnswers(
                new Cache(level, Duration.ofMinutes(5), parameters, 10, List.of("GET", "POST"), headers));
    }

    private static String key(KeptAnswers kept, HttpFields fields, String content) {
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        return kept.key(new HttpCall("POST", "/slots", "", fields, body, "127.0.0.1"), "")
                .orElseThrow();
    }

    @Test
    void an_answer_of_post_is_kept_by_the_whole_content_where_no_member_is_named() {
        assertThat(key(whole, JSON, "{\"a\":1}")).isEqualTo(key(whole, JSON, "{\"a\":1}"));
        assertThat(key(whole, JSON, "{\"a\":1}")).isNotEqualTo(key(whole, JSON, "{\"a\": 1}"));
        assertThat(key(whole, JSON, "{\"a\":1}")).isNotEqualTo(key(whole, FORM, "{\"a\":1}"));
    }

    @Test
    void named_members_of_json_and_fields_of_a_form_make_the_difference_and_others_do_not() {
        assertThat(key(byHospital, JSON, "{\"hospital\":\"h1\",\"trace\":\"1\",\"day\":{\"from\":1}}"))
                .isEqualTo(key(byHospital, JSON, "{\"day\": {\"from\": 1}, \"hospital\": \"h1\", \"trace\": \"2\"}"))
                .isNotEqualTo(key(byHospital, JSON, "{\"hospital\":\"h2\",\"day\":{\"from\":1}}"))
                .isNotEqualTo(key(byHospital, JSON, "{\"hospital\":\"h1\"}"));
        assertThat(key(byHospital, FORM, "hospital=h1&trace=1&day=2"))
                .isEqualTo(key(byHospital, FORM, "day=2&hospital=h1&trace=2"))
                .isNotEqualTo(key(byHospital, FORM, "day=3&hospital=h1&trace=1"));
        assertThat(key(byHospital, JSON, "{\"hospital\":1.00000000000000000001}"))
                .isNotEqualTo(key(byHospital, JSON, "{\"hospital\":1.00000000000000000002}"));
        assertThat(key(byHospital, JSON, "{\"hospital\":1.0}"))
                .isNotEqualTo(key(byHospital, JSON, "{\"hospital\":1.00}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hospital\":\"h1\",\"hospital\":\"@\"}",
                "{\"hospital\":\"h1\",\"Hospital\":\"@\"}",
                "{\"hospital\":\"h1\"} {\"hospital\":\"@\"}",
                "{\"hospital\":\"h1\",\"x\":@",
                "[{\"hospital\":\"@\"}]",
            })
    void of_a_content_that_some_service_could_read_otherwise_all_counts(String content) {
        assertThat(key(byHospital, JSON, content.replace("@", "1")))
                .isNotEqualTo(key(byHospital, JSON, content.replace("@", "2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOSPITAL=@", "hospital[]=@", "x=1;hospital=@", "hosp%69tal[0]=@", "hospital.x=@", "x%=@"})
    void of_a_form_that_some_service_could_read_otherwise_all_counts(String content) {
        assertThat(key(byHospital, FORM, content.replace("@", "1")))
                .isNotEqualTo(key(byHospital, FORM, content.replace("@", "2")));
    }

    @Test
    void of_an_encoded_content_all_counts() {
        HttpFields encoded = JSON.with("Content-Encoding", "gzip");
        assertThat(key(byHospital, encoded, "{\"trace\":1}")).isNotEqualTo(key(byHospital, encoded, "{\"trace\":2}"));
    }

    @Test
    void no_value_of_a_content_stands_in_what_it_is_kept_under() {
        assertThat(key(byHospital, JSON, "{\"hospital\":\"110101198503070023\"}"))
                .doesNotContain("110101198503070023");
    }

    @Test
    void a_method_that_the_rule_does_not_have_is_not_kept() {
        HttpCall head = new HttpCall("HEAD", "/slots", "", HttpFields.NONE, new byte[0], "127.0.0.1");
        assertThat(whole.key(head, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-store", "no-cache", "max-age=0"})
    void where_the_rule_decides_an_answer_is_kept_that_its_service_would_not_have_kept(String control) {
        HttpFields fields = HttpFields.of("Cache-Control", control, "Vary", "*");
        assertThat(foundAgain(ignoring, fields)).isPresent();
        assertThat(foundAgain(whole, fields)).isEmpty();
    }

    @Test
    void what_is_one_caller_s_own_is_kept_for_nobody_else_whatever_the_rule_says() {
        assertThat(foundAgain(ignoring, HttpFields.of("Set-Cookie", "session=1")))
                .isEmpty();
        assertThat(foundAgain(ignoring, HttpFields.of("Cache-Control", "private")))
                .isEmpty();
        KeptAnswers applications = kept(CacheLevel.APPLICATION, List.of(), CacheHeaders.IGNORE);
        assertThat(foundAgain(applications, HttpFields.of("Cache-Control", "private")))
                .as("an application has many users")
                .isEmpty();
    }

    @Test
    void a_private_answer_is_kept_for_the_user_who_asked_and_for_no_other() {
        String hers = key(whole, JSON.with("X-Tongmai-User", "one"), "{}");
        whole.keep(hers, answer(HttpFields.of("Cache-Control", "private, max-age=60")));

        assertThat(whole.find(hers)).isPresent();
        assertThat(whole.find(key(whole, JSON.with("X-Tongmai-User", "another"), "{}")))
                .isEmpty();
    }

    @Test
    void an_answer_that_was_asked_for_before_they_were_cleared_is_not_kept() {
        String before = key(whole, JSON, "{}");
        whole.keep(before, answer(HttpFields.NONE));
        String late = key(whole, JSON, "{\"late\":1}");

        whole.clear();
        whole.keep(late, answer(HttpFields.NONE));

        assertThat(whole.find(key(whole, JSON, "{}"))).isEmpty();
        assertThat(whole.find(key(whole, JSON, "{\"late\":1}"))).isEmpty();
    }

    @Test
    void figures_say_how_often_a_kept_answer_was_there_and_how_many_there_are() {
        assertThat(whole.figures()).isEqualTo(new CacheFigures(0, 0, 0));
        String key = key(whole, JSON, "{}");
        whole.find(key);
        whole.keep(key, answer(HttpFields.NONE));
        whole.find(key);
        whole.find(key);
        assertThat(whole.figures()).isEqualTo(new CacheFigures(2, 1, 1));
        assertThat(new KeptAnswers(null).figures()).isNull();
    }

    private static Optional<HttpAnswer> foundAgain(KeptAnswers kept, HttpFields fields) {
        String key = key(kept, JSON, "{\"n\":" + fields.hashCode() + "}");
        kept.keep(key, answer(fields));
        return kept.find(key);
    }

    private static HttpAnswer answer(HttpFields fields) {
        return new HttpAnswer(200, fields, new byte[] {1});
    }
}

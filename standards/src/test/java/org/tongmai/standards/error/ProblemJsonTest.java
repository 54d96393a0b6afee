package org.tongmai.standards.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.crypto.CryptoError;

class ProblemJsonTest {
    private static final ErrorCode CODE = CryptoError.CASE_UNREADABLE;

    @Test
    void a_problem_says_what_is_agreed_for_all_of_http_and_its_code() throws IOException {
        JsonNode problem = read(ProblemJson.of(CODE, 414));
        assertThat(problem.properties())
                .extracting(field -> field.getKey() + "=" + field.getValue().asText())
                .containsExactly("type=about:blank", "title=" + CODE.summary(), "status=414", "code=" + CODE.code());
    }

    @Test
    void no_character_of_a_place_or_detail_ends_its_string() throws IOException {
        String nasty = "a\"\\\u0000\r\n\u007f\u2028</script>名";
        JsonNode problem = read(ProblemJson.of(Issue.of(CODE, nasty, "x" + nasty), "00ff"));
        assertThat(problem.path("location").asText()).isEqualTo(nasty);
        assertThat(problem.path("detail").asText()).isEqualTo("x" + nasty);
        assertThat(problem.path("trace").asText()).isEqualTo("00ff");
        assertThat(problem.path("status").asInt()).isEqualTo(CODE.wire().httpStatus());
    }

    @Test
    void what_an_issue_does_not_say_is_left_out() throws IOException {
        assertThat(read(ProblemJson.of(Issue.of(CODE, "", ""), "00ff")).fieldNames())
                .toIterable()
                .containsExactly("type", "title", "status", "code", "trace");
    }

    private static JsonNode read(byte[] json) throws IOException {
        return new ObjectMapper().readTree(json);
    }
}

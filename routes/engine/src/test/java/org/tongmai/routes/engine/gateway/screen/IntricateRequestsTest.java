package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.screen.internal.value.Work;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Requests made to be dear: each is judged in steps that grow as it does, or refused when its steps are spent. What is not so is
 * not over in hours; the time-out is there for that.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IntricateRequestsTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);
    private static final int MEGABYTE = 1 << 20;
    /** How often a text that is suspect in every way may be read. */
    private static final int TIMES = 32;

    private final Work work = new Work(10 * MEGABYTE);

    @Test
    void templates_that_never_end_are_read_once_in_a_query_and_in_a_field() {
        inProportion(8_200, Carrier.get("/svc?q=" + "${".repeat(4_080) + "=", HttpFields.NONE));
        inProportion(15_100, Carrier.get("/svc", HttpFields.of("User-Agent", "${".repeat(7_500) + "=")));
        inProportion(15_100, Carrier.get("/svc", HttpFields.of("X-A", "{".repeat(15_000) + "=")));
        inProportion(15_100, Carrier.get("/svc", HttpFields.of("X-A", "${a".repeat(5_000) + "=}")));
    }

    @Test
    void escapes_that_never_end_are_looked_at_once() {
        inProportion(6 * MEGABYTE, Carrier.post("text/plain", "\\u{".repeat(2 * MEGABYTE)));
        inProportion(6 * MEGABYTE, Carrier.post("application/json", "[\"" + "\\\\u{".repeat(MEGABYTE) + "\"]"));
    }

    @Test
    void the_sign_of_equality_is_not_looked_for_again_for_each_parameter_without_one() {
        String form = "a&".repeat(90_000) + "a".repeat(9 * MEGABYTE);
        inProportion(form.length(), Carrier.post("application/x-www-form-urlencoded", form));
    }

    @Test
    void what_follows_a_line_of_comment_is_not_read_for_each_of_them() {
        inProportion(3 * MEGABYTE, Carrier.post("text/plain", "1 or" + "\n--".repeat(MEGABYTE) + "\nx"));
    }

    @Test
    void instructions_and_links_that_never_end_are_judged_as_long_as_there_are_steps() {
        refused(Carrier.post("text/plain", "<?a b=".repeat(50_000)));
        refused(Carrier.post("text/plain", "a:" + "](".repeat(100_000)));
    }

    @Test
    void words_with_braces_and_names_with_dots_are_read_once() {
        inProportion(3 * MEGABYTE, Carrier.post("text/plain", "';" + "a{".repeat(3 * MEGABYTE / 2) + "="));
        inProportion(2 * MEGABYTE, Carrier.post("text/plain", "1 or " + ("a".repeat(200) + ".").repeat(9_000) + "a"));
    }

    @Test
    void all_values_of_a_request_have_their_steps_together() {
        refused(Carrier.post("application/x-www-form-urlencoded", ("a=" + "<a b=".repeat(2_500) + "&").repeat(1_300)));
    }

    @Test
    void the_place_of_json_in_a_text_is_made_for_a_finding_only_and_what_can_be_none_is_not_read() {
        for (String harmless : List.of("\"[]\"", "\"[x'\"")) {
            inProportion(deep(harmless).length(), Carrier.post("application/json", deep(harmless)));
        }
        refused(Carrier.post("application/json", deep("\"['1\"")));
    }

    /** So often a value, below 60 long names. */
    private static String deep(String value) {
        String names = ("{\"" + "n".repeat(1_000) + "\":").repeat(60);
        return names + "[" + (value + ",").repeat(90_000) + "1]" + "}".repeat(60);
    }

    @Test
    void each_tag_of_a_long_page_is_read_by_itself() {
        inProportion(4 * MEGABYTE, Carrier.post("text/plain", "<b>x</b> <i title='a b'>y</i>\n".repeat(140_000)));
    }

    /** The tokenizer takes a third of a microsecond for each: it is asked where a tag could do something. */
    @Test
    void brackets_of_prose_cost_no_tokenizer() {
        long before = work.spent();
        assertThat(STRICT.screen(Carrier.post("text/plain", "a <b ".repeat(2 * MEGABYTE)), work))
                .isEmpty();
        assertThat(work.spent() - before).isLessThan(16L * 10 * MEGABYTE);
    }

    @Test
    void a_name_of_an_attribute_is_read_once_however_long_it_is() {
        for (String begin : List.of("n-", "v-on:", "x-", "data-ng-")) {
            STRICT.screen(Carrier.JSON.carry("<a " + begin + "a".repeat(MEGABYTE) + "=1>"));
        }
    }

    @Test
    void a_tag_with_more_attributes_than_can_be_compared_is_refused_before_it_is_read() {
        StringBuilder tag = new StringBuilder("<a b=c");
        for (int i = 0; i < 300_000; i++) {
            tag.append(' ').append(Integer.toString(i, Character.MAX_RADIX));
        }
        refused(Carrier.post("text/plain", tag.append('>').toString()));
    }

    @Test
    void marks_without_end_on_one_letter_are_left_out() {
        String marks = "\uFF1C" + "\u0300".repeat(MEGABYTE) + "\u0323".repeat(MEGABYTE);
        inProportion(4 * MEGABYTE, Carrier.post("text/plain", marks));
    }

    @Test
    void queries_in_queries_do_not_use_up_the_stack() {
        refused(Carrier.post("text/plain", "1 union " + "(".repeat(15_000)));
        refused(Carrier.post("text/plain", "1" + " union select 1".repeat(5_000)));
        refused(Carrier.post("text/plain", "1 union select 1 from " + "(".repeat(15_000)));
        refused(Carrier.post("text/plain", "x'" + ";select 1".repeat(5_000)));
    }

    @Test
    void each_name_of_xml_counts_with_the_namespaces_it_is_looked_for_in() {
        StringBuilder xml = new StringBuilder("<r");
        for (int i = 0; i < 9_000; i++) {
            xml.append(" xmlns:a").append(i).append("='u'");
        }
        refused(Carrier.post("application/xml", xml + ">" + "<a0:b/>".repeat(400_000) + "</r>"));
    }

    /** Whatever is said of it: it did not take more steps than a text of its length may. */
    private void inProportion(int length, ReadCall request) {
        long before = work.spent();
        Optional<Finding> finding = STRICT.screen(request, work);
        assertThat(finding).map(Finding::error).isNotEqualTo(Optional.of(ScreenError.TOO_INTRICATE));
        assertThat(work.spent() - before).isBetween((long) length / 4, (long) TIMES * length);
    }

    private static void refused(ReadCall request) {
        assertThat(STRICT.screen(request)).map(Finding::error).contains(ScreenError.TOO_INTRICATE);
    }
}

package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.standards.exchange.HttpFields;

/** Values are found where only some services look for them: in other formats than is said, in values, in pieces of them. */
class TakingApartTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);
    /** It is an attack as a value by itself only. */
    private static final String BARE = "1 or 1=1";

    private static final String MESSAGE = "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|1||%s\r";

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "application/x-www-form-urlencoded -> {\"a\":\"b\",\"id\":\"%s\"}",
                "application/x-www-form-urlencoded -> <r a=\"b\"><id>%s</id></r>",
                "text/plain -> {\"a\":\"b\",\"id\":\"%s\"}",
                "text/plain -> {a:'b','id':'%s'}",
                "text/plain -> <r a='b'><id>%s</id></r>",
                "text/plain -> <!DOCTYPE r><r a='b'><id>%s</id></r>",
                "text/csv -> id,name\\r\\n%s,x\\r\\n",
                "text/csv -> id,name\\r\\n2,\"%s\"\\r\\n",
                "application/octet-stream -> {\"x\":\"\\u0001\",\"id\":\"%s\"}",
                "application/octet-stream -> \\u0001{\"x\":\"a\",\"id\":\"%s\"}",
                "application/x-any -> \\u0000{\"x\":\"a\",\"id\":\"%s\"}",
            })
    void a_body_is_also_read_as_what_it_looks_like(String type, String form) {
        String body = form.replace("\\u0001", "\1").replace("\\u0000", "\0").translateEscapes();
        finds(value -> body.formatted(value), type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":\" <r a='b'><id>%s</id></r>\"}",
                "{\"v\":\"\\uFEFF{'id':'%s'}\"}",
                "{\"v\":[\"[\\\"a b\\\",\\\"%s\\\"]\"]}",
                "{\"v\":\"<r><![CDATA[{'id':'%s'}]]></r>\"}",
                "{\"v\":\"<r>{'id':'%s'}</r>\"}",
            })
    void a_value_is_read_on_where_it_is_a_document(String json) {
        finds(value -> json.formatted(value), "application/json");
    }

    @Test
    void messages_and_batches_of_hl7_are_read_by_the_marks_of_each_whatever_stands_before_them() {
        String other = "MSH$^~\\&$A\rPID$1$$b$%s\r";
        for (String form : List.of(
                "\r\n" + MESSAGE,
                "\uFEFF" + MESSAGE,
                "BHS|^~\\&|A\r" + MESSAGE + "BTS|1\r",
                "FHS|^~\\&|A\rBHS|^~\\&|A\r" + MESSAGE + "BTS|1\rFTS|1\r",
                MESSAGE.formatted("1") + other)) {
            for (String type : List.of("application/hl7-v2", "text/plain", "application/octet-stream")) {
                finds(value -> form.formatted(value), type);
            }
        }
        assertThat(STRICT.screen(Carrier.post("text/plain", "MSH (melanocyte stimulating hormone) 5 or 6 pg/ml")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=x;id=%s",
                "ids=a,b%%20c,%s",
                "ids=3,%s,4",
                "q=%%7B%%22id%%22:%%22%s%%22%%7D",
                "q=%%3Cr%%20a='b'%%3E%%3Cid%%3E%s%%3C/id%%3E%%3C/r%%3E"
            })
    void a_query_is_also_read_as_those_do_who_part_it_further(String query) {
        assertThat(STRICT.screen(Carrier.get("/a?" + query.formatted("1%20or%201=1"), HttpFields.NONE)))
                .map(Finding::error)
                .contains(ScreenError.SQL);
        assertThat(STRICT.screen(Carrier.get("/a?" + query.formatted("1%20or%20more"), HttpFields.NONE)))
                .isEmpty();
    }

    @Test
    void cookies_in_quotes_and_the_user_s_name_of_basic_are_values() {
        for (String attack : List.of("x' or 1=1-- ", "<img src=x onerror=alert(1)>")) {
            assertThat(STRICT.screen(header("Cookie", "id=\"a;" + attack + "\"")))
                    .as(attack)
                    .isPresent();
            assertThat(STRICT.screen(header("Authorization", basic(attack + ":secret"))))
                    .as(attack)
                    .isPresent();
        }
        assertThat(STRICT.screen(header("Authorization", basic(BARE + ":secret"))))
                .map(finding -> finding.place().text())
                .contains("header authorization");
        assertThat(STRICT.screen(header("Authorization", basic("O'Brien:x' or 1=1-- "))))
                .isEmpty();
        assertThat(STRICT.screen(header("Cookie", "_gid=\"x; y\""))).isEmpty();
    }

    @Test
    void every_field_that_names_a_content_coding_counts() {
        HttpFields fields =
                HttpFields.of("Content-Type", "text/plain", "Content-Encoding", "identity", "Content-Encoding", "gzip");
        assertThat(STRICT.screen(Carrier.post(fields, new byte[] {1, 2})))
                .map(Finding::error)
                .contains(ScreenError.ENCODING_UNKNOWN);
    }

    @Test
    void elements_of_html_that_fetch_are_refused_in_xml_of_no_namespace_and_others_of_their_name_are_not() {
        for (String element : List.of(
                "<object data='//e.example'/>",
                "<embed src='//e.example'/>",
                "<base href='//e.example'/>",
                "<meta http-equiv='refresh' content='0;url=//e.example'/>")) {
            assertThat(STRICT.screen(Carrier.post("application/xml", "<a>" + element + "</a>")))
                    .as(element)
                    .map(Finding::error)
                    .contains(ScreenError.SCRIPT);
        }
        String data =
                "<a><object type='person'/><base unit='mg'/><meta name='x'/><link rel='self' href='http://a/b'/></a>";
        assertThat(STRICT.screen(Carrier.post("application/xml", data))).isEmpty();
    }

    @Test
    void entities_in_a_value_are_refused_and_a_page_in_one_is_not() {
        String entity = "<!DOCTYPE a [<!ENTITY x \"1 or 1=1\">]><a>&x;</a>";
        assertThat(STRICT.screen(Carrier.JSON.carry(entity)))
                .map(Finding::error)
                .contains(ScreenError.DOCUMENT_TYPE);
        assertThat(STRICT.screen(Carrier.JSON.carry("<!DOCTYPE html><html><body>a&nbsp;b <p>c</p></body></html>")))
                .isEmpty();
    }

    @Test
    void a_large_page_in_a_value_is_one_value() {
        String cells = "<tr>a<td class=\"a\">1</td></tr>".repeat(60_000);
        assertThat(STRICT.screen(Carrier.JSON.carry("<div>x" + cells + "</div>")))
                .isEmpty();
        String deep = ("<p>x".repeat(20) + "y".repeat(15_000) + "</p>".repeat(20)).repeat(20);
        assertThat(STRICT.screen(Carrier.JSON.carry("<div>" + deep + "</div>"))).isEmpty();
    }

    @Test
    void a_document_in_a_field_of_free_text_is_free_text() {
        Screening free = Screening.of(
                new ScreeningPolicy(ScreeningPolicy.STRICT.defences(), Set.of("note"), ScreeningLimits.DEFAULTS));
        String note = "{\"note\":\"<p>the boys' -- all of them</p>\"}";
        assertThat(free.screen(Carrier.post("application/json", note))).isEmpty();
        assertThat(STRICT.screen(Carrier.post("application/json", note))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "image/svg+xml -> <svg xmlns=\"http://www.w3.org/2000/svg\"><style>%s</style><path d=\"M0 0\"/></svg>",
                "text/html -> <html><head><meta charset=\"utf-8\"><style>%s</style></head><body>x</body></html>",
                "text/html -> <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style>%s</style>",
                "text/html -> <link rel=\"stylesheet\" href=\"a.css\"><style type=\"text/css\">%s</style>",
            })
    void a_page_that_is_a_file_may_have_styles_that_do_nothing(String type, String page) {
        assertThat(STRICT.screen(file(type, page.formatted(".a{fill:red;background:url(a.png)}"))))
                .isEmpty();
        for (String active : List.of(
                "@import '//e.example/a.css';",
                ".a{background:url(javascript:alert(1))}",
                ".a{behavior:url(a.htc)}",
                "</style><script>alert(1)</script>")) {
            assertThat(STRICT.screen(file(type, page.formatted(active))))
                    .as(active)
                    .isPresent();
        }
    }

    @Test
    void what_is_elsewhere_or_acts_is_refused_in_a_file_too() {
        for (String page : List.of(
                "<link rel=stylesheet href=//e.example/a.css>",
                "<link rel=import href=a.html>",
                "<meta http-equiv=refresh content='0;url=a'>",
                "<style onload=alert(1)></style>",
                "<svg onload=alert(1)>")) {
            assertThat(STRICT.screen(file("text/html", page))).as(page).isPresent();
        }
    }

    @Test
    void words_that_are_names_of_events_too_are_prose_where_nothing_is_called() {
        assertThat(STRICT.screen(Carrier.JSON.carry("onset=sudden and onend=slow")))
                .isEmpty();
        assertThat(STRICT.screen(Carrier.JSON.carry("onset=sudden and onend=slow(1)")))
                .isPresent();
        assertThat(STRICT.screen(Carrier.JSON.carry("JavaScript: basics and more")))
                .isEmpty();
        assertThat(STRICT.screen(Carrier.JSON.carry("Mocha: yes"))).isEmpty();
    }

    private static void finds(UnaryOperator<String> body, String type) {
        assertThat(STRICT.screen(Carrier.post(type, body.apply(BARE))))
                .as("%s %s", type, body.apply(BARE))
                .map(Finding::error)
                .contains(ScreenError.SQL);
        assertThat(STRICT.screen(Carrier.post(type, body.apply("1 or more"))))
                .as("%s %s", type, body.apply("1 or more"))
                .isEmpty();
    }

    private static ReadCall header(String name, String value) {
        return Carrier.get("/a", HttpFields.of(name, value));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static ReadCall file(String type, String text) {
        return Carrier.post(
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=f; filename=a.x\r\nContent-Type: " + type + "\r\n\r\n"
                        + text + "\r\n--b--");
    }
}

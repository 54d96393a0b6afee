package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.standards.exchange.HttpFields;

/** What becomes of bodies that are not what they say, that are too much, or that have their own rules. */
class BodyScreeningTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "application/json -> {\"a\":1 -> NOT_ITS_TYPE",
                "application/json -> a=1 -> NOT_ITS_TYPE",
                "application/fhir+json -> <a/> -> NOT_ITS_TYPE",
                "application/xml -> <a><b></a> -> NOT_ITS_TYPE",
                "text/xml -> {} -> NOT_ITS_TYPE",
                "multipart/form-data -> x -> NOT_ITS_TYPE",
                "multipart/form-data; boundary=b -> --b no end -> NOT_ITS_TYPE",
                "application/xml -> <!DOCTYPE a><a/> -> DOCUMENT_TYPE",
                "application/xml -> <!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a> -> DOCUMENT_TYPE",
                "application/json; charset=utf-7 -> {} -> ENCODING_UNKNOWN",
                "text/plain; charset=nothing -> a -> ENCODING_UNKNOWN",
                "application/x-www-form-urlencoded; charset=utf-16 -> q=' or 1=1 --  -> ENCODING_UNKNOWN",
                "text/plain; charset=utf-16le -> <script>a()</script> -> ENCODING_UNKNOWN",
                "application/x-note; charset=IBM037 -> a -> ENCODING_UNKNOWN",
                "multipart/form-data; boundary=b; charset=iso-2022-jp -> --b-- -> ENCODING_UNKNOWN",
                "application/xml -> <?xml version=\"1.0\" encoding=\"IBM037\"?><a/> -> ENCODING_UNKNOWN",
                "application/xml -> <?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><a/> -> ENCODING_UNKNOWN",
                "application/xml; charset=gbk -> <?xml version=\"1.0\" encoding=\"UTF-8\"?><a>张</a> -> ENCODING_UNKNOWN",
            })
    void a_body_that_can_not_be_read_as_its_type_is_refused(String type, String body, ScreenError error) {
        assertThat(STRICT.screen(Carrier.post(type, body))).map(Finding::error).contains(error);
    }

    @Test
    void a_compressed_body_is_refused_for_nobody_looked_into_it() {
        HttpFields headers = HttpFields.of("Content-Type", "text/plain", "Content-Encoding", "gzip");
        assertThat(STRICT.screen(Carrier.post(headers, new byte[] {1, 2})))
                .map(Finding::error)
                .contains(ScreenError.ENCODING_UNKNOWN);
    }

    @Test
    void depth_count_length_and_parts_are_bounded() {
        Screening small = Screening.of(
                new ScreeningPolicy(EnumSet.allOf(Defence.class), Set.of(), new ScreeningLimits(3, 5, 10, 1)));
        for (ReadCall beyond : List.of(
                Carrier.post("application/json", "[[[[1]]]]"),
                Carrier.post("application/xml", "<a><b><c><d/></c></b></a>"),
                Carrier.post("application/json", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]"),
                Carrier.post("application/json", "\"12345678901\""),
                Carrier.post("multipart/form-data; boundary=b", part("x") + part("y") + "--b--"))) {
            assertThat(small.screen(beyond)).map(Finding::error).contains(ScreenError.BEYOND_LIMIT);
        }
    }

    private static String part(String name) {
        return "--b\r\nContent-Disposition: form-data; name=" + name + "\r\n\r\n1\r\n";
    }

    @Test
    void a_value_that_goes_on_and_on_is_refused_and_not_followed() {
        String deep = "1 or " + "(".repeat(5000) + "1";
        assertThat(STRICT.screen(Carrier.JSON.carry(deep))).map(Finding::error).contains(ScreenError.TOO_INTRICATE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "<div><p><b>张三</b> <i>a &lt; b</i></p><table><tr><td>1</td></tr></table></div> -> ''",
                "<div><a href=\"http://example.org\">x</a><img src=\"#i\" alt=\"x\"/></div> -> ''",
                "<div><form><input/></form></div> -> narrative-element",
                "<div><p contenteditable=\"true\">x</p></div> -> narrative-attribute",
                "<div><p onclick=\"a()\">x</p></div> -> narrative-attribute",
                "<div><a href=\"javascript:a()\">x</a></div> -> script-address",
                "<div><p style=\"width:expression(a())\">x</p></div> -> style",
                "<div><script>a()</script></div> -> narrative-element",
            })
    void a_narrative_has_only_what_fhir_allows(String div, String rule) {
        String json =
                "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":" + Carrier.json(div) + "}}";
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\"><text>"
                + div.replace("<div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\">") + "</text></Patient>";
        for (ReadCall request :
                List.of(Carrier.post("application/fhir+json", json), Carrier.post("application/fhir+xml", xml))) {
            assertThat(STRICT.screen(request).map(Finding::rule).orElse("")).isEqualTo(rule);
        }
    }

    @Test
    void script_in_an_xml_body_is_refused_also_as_element_comment_and_instruction() {
        for (String xml : List.of(
                "<a><script>x()</script></a>",
                "<a onload='x()'/>",
                "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
                "<a xmlns:h='http://www.w3.org/1999/xhtml'><h:iframe src='//e'/></a>",
                "<a><![CDATA[<script>x()</script>]]></a>",
                "<a><!--<img src=x onerror=x()>--></a>",
                "<?xml-stylesheet href='javascript:x()'?><a/>")) {
            assertThat(STRICT.screen(Carrier.post("application/xml", xml)))
                    .as(xml)
                    .isPresent();
        }
        String data = "<Bundle xmlns='http://hl7.org/fhir'><link><url value='http://a'/></link><meta/><base/></Bundle>";
        assertThat(STRICT.screen(Carrier.post("application/xml", data))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r><v>1' OR <!-- -->'1'='1</v></r>",
                "<r><v>1' OR <?x y?>'1'='1</v></r>",
                "<r><v><![CDATA[1' OR ]]><!-- --><![CDATA['1'='1]]></v></r>",
                "<r><v>1' OR <b/>'1'='1</v></r>",
                "<r><v>1' <b>OR</b> '1'='1</v></r>",
                "<r><v>1<b>' OR </b><b><b>'1'='1</b></b></v></r>",
                "<r><v>&lt;scr<!-- -->ipt&gt;x()&lt;/script&gt;</v></r>",
            })
    void a_value_is_judged_as_programs_read_it_over_whatever_parts_it_in_xml(String xml) {
        assertThat(STRICT.screen(Carrier.post("application/xml", xml))).isPresent();
        assertThat(STRICT.screen(
                        Carrier.post("application/xml", xml.replace("OR", "von").replace("ipt", "eib"))))
                .isEmpty();
    }

    @Test
    void texts_that_are_nested_without_end_are_refused_and_not_read_over_and_over() {
        String nested = ("<a>x".repeat(60) + "y".repeat(15_000) + "</a>".repeat(60)).repeat(20);
        assertThat(STRICT.screen(Carrier.post("application/xml", "<r>" + nested + "</r>")))
                .map(Finding::error)
                .contains(ScreenError.BEYOND_LIMIT);
    }

    @Test
    void a_file_of_a_form_is_searched_for_script_and_its_name_for_both() {
        String file =
                "--b\r\nContent-Disposition: form-data; name=f; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n%s\r\n--b--";
        assertThat(STRICT.screen(multipart(file.formatted("a.csv", "text/csv", "select,1 or 1=1"))))
                .isEmpty();
        assertThat(STRICT.screen(multipart(file.formatted("a.svg", "image/svg+xml", "<svg onload=x()>"))))
                .isPresent();
        assertThat(STRICT.screen(multipart(file.formatted("a.html", "text/html", "\u0001<script>x()</script>"))))
                .as("a page is shown whatever bytes are in it")
                .isPresent();
        assertThat(STRICT.screen(multipart(file.formatted("<svg onload=x()>.png", "image/png", "\u0000\u0001"))))
                .isPresent();
        assertThat(STRICT.screen(multipart(file.formatted("a' or 1=1 --", "image/png", "\u0000\u0001"))))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=q; filename=\"\"",
                "name=q; filename=a; filename=b",
                "name=\"q; filename=a\"",
                "name=q; filename*0=a",
                "name=comment; a=b\"; filename=f; c=\"d",
                "name=a=\"; filename=f; c=\"",
                "name=comment; a='; filename=f; c='",
                "name=\"a\\\"b\"; filename=\"f\""
            })
    void what_is_a_file_to_some_and_a_value_to_others_is_judged_as_a_value(String disposition) {
        String part = "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\nx' or 1=1 -- \r\n--b--";

        assertThat(STRICT.screen(multipart(part))).map(Finding::error).contains(ScreenError.SQL);
    }

    @Test
    void what_stands_in_the_header_of_a_part_is_judged_and_what_soap_writes_there_passes() {
        String part = "--b\r\nContent-Disposition: form-data; name=a\r\n%s\r\n\r\n1\r\n--b--";

        assertThat(STRICT.screen(multipart(part.formatted("X-Note: <script>x()</script>"))))
                .map(Finding::error)
                .contains(ScreenError.SCRIPT);
        assertThat(STRICT.screen(multipart(part.formatted("X-Note: a' or 1=1 --"))))
                .map(Finding::error)
                .contains(ScreenError.SQL);
        assertThat(STRICT.screen(multipart(part.formatted("Content-Type: multipart/mixed; boundary=c; boundary=d"))))
                .map(Finding::error)
                .contains(ScreenError.NOT_ITS_TYPE);
        for (String harmless : List.of(
                "Content-ID: <root.message@cxf.apache.org>",
                "Content-Id: <0.urn:uuid:5ad62b2c-6c5f-4f0e@apache.org>",
                "Content-Transfer-Encoding: binary",
                "Content-Length: 1",
                "Content-Description: results, page 1 of 2")) {
            assertThat(STRICT.screen(multipart(part.formatted(harmless))))
                    .as(harmless)
                    .isEmpty();
        }
    }

    @Test
    void a_part_of_parts_is_refused_whether_it_is_a_value_or_a_file() {
        String part =
                "--b\r\nContent-Disposition: form-data; name=a%s\r\nContent-Type: Multipart/mixed; boundary=c\r\n\r\n"
                        + "--c\r\n\r\n1\r\n--c--\r\n--b--";

        for (String name : List.of("", "; filename=f")) {
            assertThat(STRICT.screen(multipart(part.formatted(name))))
                    .map(Finding::error)
                    .contains(ScreenError.BEYOND_LIMIT);
        }
    }

    @Test
    void no_part_can_be_hidden_behind_a_line_end_that_only_some_take_for_one() {
        String hidden = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1"
                + "\n--bX\n\n<script>x()</script>\r\n\r\n2\r\n--b--";

        assertThat(STRICT.screen(multipart(hidden))).map(Finding::error).contains(ScreenError.NOT_ITS_TYPE);
    }

    private static ReadCall multipart(String body) {
        return Carrier.post("multipart/form-data; boundary=b", body);
    }

    @Test
    void text_in_gb18030_is_read_in_gb18030() {
        byte[] body = "姓名=张三' or 1=1 -- ".getBytes(Charset.forName("GB18030"));
        HttpFields headers = HttpFields.of("Content-Type", "text/plain; charset=GB18030");
        assertThat(STRICT.screen(Carrier.post(headers, body))).isPresent();
        byte[] harmless = "姓名：张三，「患者自述」头痛".getBytes(Charset.forName("GB18030"));
        assertThat(STRICT.screen(Carrier.post(headers, harmless))).isEmpty();
    }

    /** The last byte of U+4E63 is what ends a template of a script to who does not know GBK. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "text/plain -> %s",
                "application/x-www-form-urlencoded -> q=%s",
                "application/json -> {\"q\":\"%s\"}",
                "application/xml -> <q>%s</q>",
                "application/octet-stream -> q=%s",
                "application/hl7-v2 -> MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5.1|%s",
            })
    void what_is_an_attack_to_who_does_not_mind_the_character_set_is_refused(String type, String form) {
        for (String charset : List.of("gbk", "gb18030")) {
            HttpFields fields = HttpFields.of("Content-Type", type + "; charset=" + charset);
            byte[] attack = form.formatted("x\u4E63;alert(1)//").getBytes(Charset.forName(charset));
            byte[] harmless = form.formatted("x\u4E63\u4E00").getBytes(Charset.forName(charset));

            assertThat(STRICT.screen(Carrier.post(fields, attack)))
                    .map(Finding::error)
                    .contains(ScreenError.SCRIPT);
            assertThat(STRICT.screen(Carrier.post(fields, harmless))).isEmpty();
        }
    }

    @Test
    void a_binary_body_is_let_through() {
        HttpFields headers = HttpFields.of("Content-Type", "application/pdf");
        byte[] pdf = {'%', 'P', 'D', 'F', 0, 1, 2, '<', '\'', 'o', 'r', ' ', '1', '=', '1'};
        assertThat(STRICT.screen(Carrier.post(headers, pdf))).isEmpty();
    }
}

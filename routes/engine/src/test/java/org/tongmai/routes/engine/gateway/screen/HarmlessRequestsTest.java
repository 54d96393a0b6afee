package org.tongmai.routes.engine.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.standards.exchange.HttpFields;

/** How many harmless requests are refused; the figure is printed and bounded. */
class HarmlessRequestsTest {
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);
    private static final double BOUND = 0.001;
    private static final int SENTENCES = 3000;
    private static final int RECORD = 5;

    /** What browsers, libraries and proxies send beside those. */
    private static final List<String> USUAL = List.of(
            "Host: localhost:8443",
            "Host: [::1]:8443",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
            "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            "Accept-Encoding: gzip, deflate, br;q=1.0, identity; q=0.5, *;q=0",
            "Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
            "Content-Type: multipart/related; boundary=\"=_a'b(c)\"; type=\"application/xop+xml\"; start=\"<a@b>\"",
            "Content-Disposition: attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt",
            "Authorization: Basic YWRtaW46cGFzcw==",
            "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c--_-a",
            "Authorization: Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                    + " qop=auth, nc=00000001, response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5",
            "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/s3/aws4_request,"
                    + " SignedHeaders=host;range;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0",
            "Signature-Input: sig1=(\"@method\" \"@target-uri\" \"content-digest\");created=1618884473;keyid=\"k\"",
            "Content-Digest: sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
            "Cache-Control: max-age=0, no-cache=\"a, b\"",
            "If-None-Match: W/\"33a64df5\", \"bfc13a64729c4290\"",
            "If-Match: \"1\"",
            "If-Match: *",
            "If-Modified-Since: Wed, 21 Oct 2026 07:28:00 GMT",
            "Range: bytes=0-499, -500",
            "Via: 1.1 vegur, 1.0 fred (Apache/1.1)",
            "Sec-CH-UA: \"Chromium\";v=\"118\", \"Google Chrome\";v=\"118\", \"Not=A?Brand\";v=\"99\"",
            "Sec-CH-UA-Platform: \"Windows\"",
            "Sec-Fetch-Mode: no-cors",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Upgrade-Insecure-Requests: 1",
            "Priority: u=1, i",
            "DNT: 1",
            "TE: trailers, deflate;q=0.5",
            "Keep-Alive: timeout=5, max=1000",
            "Expect: 100-continue",
            "SOAPAction: \"urn:hl7-org:v3:PRPA_IN201305UV02\"",
            "SOAPAction: \"\"",
            "Traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "Tracestate: rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
            "Baggage: userId=alice,serverNode=DF%2028,isProduction=false",
            "Api-Key: 0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
            "Patient-Name: O'Brien",
            "Date: Tue, 15 Nov 2026 08:12:31 GMT",
            "Alt-Used: example.org:443",
            "Link: <https://example.org/a?b=c>; rel=\"next\"; title=\"a\"");

    private final List<String> refused = new ArrayList<>();
    private int requests;

    @Test
    void of_values_written_by_hand_at_most_one_in_a_thousand_is_refused_in_every_place() {
        for (Carrier carrier : Carrier.values()) {
            Samples.harmless().forEach(value -> send(carrier, value));
        }
        bound("values by hand");
    }

    @Test
    void of_sentences_of_the_trade_at_most_one_in_a_thousand_is_refused() {
        Carrier[] carriers = Carrier.values();
        for (String sentence : Samples.sentences(SENTENCES)) {
            send(carriers[requests % carriers.length], sentence);
        }
        bound("sentences");
    }

    /** Each is one with the words beside it, and none with the value of the next. */
    @Test
    void of_records_in_xml_with_several_harmless_values_at_most_one_in_a_thousand_is_refused() {
        List<String> values = new ArrayList<>(Samples.harmless());
        values.addAll(Samples.sentences(SENTENCES));
        for (int from = 0; from + RECORD <= values.size(); from += RECORD) {
            StringBuilder xml = new StringBuilder();
            for (String value : values.subList(from, from + RECORD)) {
                xml.append("<note>注<!-- -->：<b>").append(Carrier.xml(value)).append("</b></note>");
            }
            send("record " + from, Carrier.post("application/xml", "<record>" + xml + "</record>"));
        }
        bound("records in XML");
    }

    @Test
    void usual_headers_are_let_through() {
        HttpFields headers = HttpFields.of(
                "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1",
                "Referer", "https://example.org/a/b?from=2026-01-01&q=O%27Brien#top",
                "Cookie", "SESSION=0f-a==; theme=dark; name=%E5%BC%A0%E4%B8%89",
                "X-Forwarded-For", "10.0.0.1, 10.0.0.2",
                "X-Signature", "MEUCIQDx+/a==",
                "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8");
        HttpFields.Builder more = new HttpFields.Builder();
        for (String line : USUAL) {
            more.add(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }
        String target = "/fhir/Observation?code=http://loinc.org%7C8867-4&value-quantity=lt60&_sort=-date";
        assertThat(STRICT.screen(Carrier.get(target, headers))).isEmpty();
        assertThat(STRICT.screen(Carrier.get(target, more.build()))).isEmpty();
    }

    /** Messages by other people, where they lie beside the repository. */
    @Test
    void no_message_and_no_resource_of_the_corpora_is_refused_as_an_attack() throws IOException {
        Optional<Path> corpora = corpora();
        assumeTrue(corpora.isPresent(), "no folder shared/corpora above the repository");
        for (String folder : List.of("hl7v2", "fhir")) {
            try (Stream<Path> files = Files.walk(corpora.get().resolve(folder))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                    send(
                            file.toString(),
                            Carrier.post(HttpFields.of("Content-Type", type(name)), Files.readAllBytes(file)));
                }
            }
        }
        bound("corpora");
    }

    private static String type(String name) {
        if (name.endsWith(".xml")) {
            return "application/fhir+xml";
        }
        return name.endsWith(".json") ? "application/fhir+json" : "text/plain";
    }

    private static Optional<Path> corpora() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/corpora"))) {
                return Optional.of(up.resolve("shared/corpora"));
            }
        }
        return Optional.empty();
    }

    private void send(Carrier carrier, String value) {
        send(carrier + " " + value, carrier.carry(value));
    }

    private void send(String what, ReadCall request) {
        requests++;
        STRICT.screen(request).ifPresent(finding -> refused.add(finding.rule() + " " + what));
    }

    private void bound(String what) {
        double rate = refused.size() / (double) requests;
        System.out.printf(Locale.ROOT, "%s: %d of %d refused, %.3f %%%n", what, refused.size(), requests, 100 * rate);
        refused.forEach(System.out::println);
        assertThat(rate).as("%s: %s", what, refused).isLessThanOrEqualTo(BOUND);
    }
}

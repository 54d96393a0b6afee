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
        String target = "/fhir/Observation?code=http://loinc.org%7C8867-4&value-quantity=lt60&_sort=-date";
        assertThat(STRICT.screen(Carrier.get(target, headers))).isEmpty();
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

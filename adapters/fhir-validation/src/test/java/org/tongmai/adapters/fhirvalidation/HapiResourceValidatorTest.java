package org.tongmai.adapters.fhirvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.validation.ValidationReport;
import org.tongmai.standards.validation.ValidationReport.Finding;
import org.tongmai.standards.validation.ValidationRequest;
import org.tongmai.standards.validation.ValidationRequest.Format;

class HapiResourceValidatorTest {
    private static final Terminology TERMINOLOGY = Terminology.load();
    private static final Queue<URI> ASKED = new ConcurrentLinkedQueue<>();
    private static HapiResourceValidator validator;
    private static ProxySelector before;

    @BeforeAll
    static void listen() {
        before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                ASKED.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                ASKED.add(uri);
            }
        });
        validator = new HapiResourceValidator(ValidationSettings.defaults(), TERMINOLOGY, null);
    }

    @AfterAll
    static void nothing_was_asked_of_a_network() {
        validator.close();
        ProxySelector.setDefault(before);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void other_tables_count_from_the_switch_on() throws IOException {
        String table = "code-systems/gbt-2260-divisions.csv";
        String more = Files.readString(Path.of("../../standards", table)) + "999998,新区,,active,,,,,,\n";
        byte[] resource =
                """
                {"resourceType":"Basic","code":{"coding":[{"system":"urn:tongmai:code-system:gbt-2260","code":"999998"}]}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        ValidationRequest request = new ValidationRequest(resource, Format.JSON, List.of());
        try (HapiResourceValidator own = new HapiResourceValidator(ValidationSettings.defaults(), TERMINOLOGY, null)) {
            assertThat(own.validate(request).findings()).anyMatch(Finding::wrong);
            Runnable change = own.prepare(Terminology.loadWith(List.of(Map.of(table, more))));
            assertThat(own.validate(request).findings()).anyMatch(Finding::wrong);
            change.run();
            assertThat(own.validate(request).findings()).noneMatch(Finding::wrong);
        }
    }

    @Test
    void a_division_the_table_does_not_have_is_a_warning() {
        String number = "310199198503150032";
        ValidationReport report = validator.validate(new ValidationRequest(
                """
                {"resourceType":"Patient","identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"NUMBER"}]}
                """
                        .replace("NUMBER", number)
                        .getBytes(StandardCharsets.UTF_8),
                Format.JSON,
                List.of()));
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().equals("TM-IDENT-0005"))
                .singleElement()
                .matches(finding -> !finding.wrong());
    }

    @Test
    void a_patient_with_national_identifiers_keeps_the_profile() {
        assertThat(wrong(patient("310101199003071230"), profile("Patient"))).isEmpty();
    }

    @Test
    void a_wrong_identity_number_is_found_and_not_quoted() {
        List<Finding> wrong = wrong(patient("310101199003071233"), profile("Patient"));
        assertThat(wrong).extracting(Finding::rule).containsExactly("TM-IDENT-0003");
        assertThat(wrong.get(0).location()).isEqualTo("Patient.identifier[0].value");
        assertThat(wrong.get(0).text()).doesNotContain("310101");
    }

    @Test
    void the_same_is_found_in_xml() {
        String xml = "<Patient xmlns=\"http://hl7.org/fhir\"><identifier><system value=\"urn:oid:2.16.156.10011.1.3\"/>"
                + "<value value=\"310101199003071233\"/></identifier></Patient>";
        ValidationReport report = validator.validate(
                new ValidationRequest(xml.getBytes(StandardCharsets.UTF_8), Format.XML, profile("Patient")));
        assertThat(report.findings()).extracting(Finding::rule).contains("TM-IDENT-0003");
    }

    @Test
    void a_patient_without_a_number_keeps_fhir_and_not_the_profile() {
        String patient = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"张三\"}]}";
        assertThat(wrong(patient, List.of())).isEmpty();
        assertThat(wrong(patient, profile("Patient"))).isNotEmpty();
    }

    @Test
    void codes_are_judged_by_the_tables() {
        String sex =
                "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueString\":\"x\",\"code\":{\"coding\":"
                        + "[{\"system\":\"urn:oid:2.16.156.10011.2.3.3.4\",\"code\":\"%s\"}]}}";
        assertThat(wrong(sex.formatted("1"), List.of())).isEmpty();
        assertThat(wrong(sex.formatted("7"), List.of()))
                .extracting(Finding::location)
                .containsOnly("Observation.code");
    }

    @Test
    void a_profile_nobody_knows_is_refused() {
        refuses(ValidationError.UNKNOWN_PROFILE, "{\"resourceType\":\"Patient\"}", List.of("http://x.example/none"));
    }

    @Test
    void what_is_not_json_is_a_finding() {
        assertThat(wrong("{\"resourceType\":\"Patient\",", List.of())).isNotEmpty();
        assertThat(wrong("[]", List.of())).isNotEmpty();
        assertThat(wrong("{}", List.of())).isNotEmpty();
        assertThat(wrong("\"x\"", List.of())).isNotEmpty();
        assertThat(wrong("", List.of())).isNotEmpty();
    }

    @Test
    void bombs_are_refused_before_anything_is_built() {
        refuses(ValidationError.TOO_DEEP, "[".repeat(100_000), List.of());
        refuses(ValidationError.TOO_DEEP, "{\"a\":".repeat(65) + "1" + "}".repeat(65), List.of());
        refuses(ValidationError.TOO_DEEP, "[" + "0,".repeat(60_000) + "0]", List.of());
        refuses(ValidationError.TOO_LARGE, " ".repeat((2 << 20) + 1), List.of());
        refusesXml(ValidationError.TOO_DEEP, "<a>".repeat(65) + "</a>".repeat(65));
        refusesXml(ValidationError.DOCTYPE, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    }

    @Test
    void many_threads_get_the_answers_of_one() {
        List<Integer> expected = IntStream.range(0, 40).mapToObj(i -> i % 2).toList();
        List<Integer> found = expected.parallelStream()
                .map(i -> wrong(patient(i == 0 ? "310101199003071230" : "310101199003071233"), profile("Patient"))
                        .size())
                .toList();
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void without_a_free_place_it_says_so() {
        ValidationSettings settings =
                new ValidationSettings(1, Duration.ZERO, Duration.ofSeconds(30), 2 << 20, 64, 50_000, Set.of());
        try (HapiResourceValidator one = new HapiResourceValidator(settings, TERMINOLOGY, null)) {
            one.prepare().join();
            String list = "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                    + ("{\"resource\":" + patient("310101199003071230") + "},").repeat(200)
                    + "{\"resource\":" + patient("310101199003071230") + "}]}";
            List<Boolean> answers = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> answers(one, list))
                    .toList();
            assertThat(answers).contains(true);
        }
    }

    private static boolean answers(HapiResourceValidator one, String json) {
        try {
            one.validate(request(json, List.of()));
            return true;
        } catch (CodedException e) {
            assertThat(e.code()).isEqualTo(ValidationError.BUSY);
            assertThat(e.retryable()).isTrue();
            return false;
        }
    }

    @Test
    void when_the_time_is_up_the_answer_goes_out() {
        ValidationSettings settings =
                new ValidationSettings(1, Duration.ofSeconds(30), Duration.ofNanos(1), 2 << 20, 64, 50_000, Set.of());
        String many =
                "{\"resourceType\":\"Patient\",\"name\":[" + "{\"text\":\"x\"},".repeat(2_000) + "{\"text\":\"x\"}]}";
        try (HapiResourceValidator hasty = new HapiResourceValidator(settings, TERMINOLOGY, null)) {
            assertThatThrownBy(() -> hasty.validate(request(many, List.of())))
                    .isInstanceOfSatisfying(
                            CodedException.class, e -> assertThat(e.code()).isEqualTo(ValidationError.TIME_UP));
        }
    }

    @Test
    void what_takes_too_long_does_not_keep_its_place() {
        ValidationSettings settings =
                new ValidationSettings(1, Duration.ZERO, Duration.ofSeconds(1), 2 << 20, 64, 100_000, Set.of());
        String contained = IntStream.range(0, 9_000)
                .mapToObj(i -> "{\"resourceType\":\"Organization\",\"id\":\"o" + i + "\",\"name\":\"x\"}")
                .collect(Collectors.joining(",", "{\"resourceType\":\"Patient\",\"contained\":[", "]}"));
        try (HapiResourceValidator one = new HapiResourceValidator(settings, TERMINOLOGY, null)) {
            one.prepare().join();
            for (int i = 0; i < 6; i++) {
                assertThatThrownBy(() -> one.validate(request(contained, List.of())))
                        .isInstanceOfSatisfying(
                                CodedException.class, e -> assertThat(e.code()).isEqualTo(ValidationError.TIME_UP));
            }
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(CodedException.class)
                    .until(() -> one.validate(request(patient("310101199003071230"), profile("Patient")))
                            .valid());
        }
    }

    @Test
    void a_location_names_the_element_and_not_what_is_in_it() {
        String wrong = "{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"Organization\","
                + "\"id\":\"Zhang-San-310101\",\"active\":\"perhaps\"}]}";
        assertThat(wrong(wrong, List.of()))
                .isNotEmpty()
                .extracting(Finding::location)
                .allMatch(location -> location.startsWith("Patient.contained[0]"))
                .noneMatch(location -> location.contains("Zhang"));
    }

    private static List<Finding> wrong(String json, List<String> profiles) {
        return validator.validate(request(json, profiles)).findings().stream()
                .filter(Finding::wrong)
                .toList();
    }

    private static void refuses(ErrorCode code, String json, List<String> profiles) {
        assertThatThrownBy(() -> validator.validate(request(json, profiles)))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void refusesXml(ErrorCode code, String xml) {
        assertThatThrownBy(() -> validator.validate(
                        new ValidationRequest(xml.getBytes(StandardCharsets.UTF_8), Format.XML, List.of())))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static ValidationRequest request(String json, List<String> profiles) {
        return new ValidationRequest(json.getBytes(StandardCharsets.UTF_8), Format.JSON, profiles);
    }

    private static List<String> profile(String type) {
        return List.of(validator.profile(type).orElseThrow());
    }

    private static String patient(String number) {
        return "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:2.16.156.10011.1.3\",\"value\":\""
                + number + "\"},{\"system\":\"urn:tongmai:A:PI\",\"value\":\"1\"}],\"name\":[{\"text\":\"张三\"}]}";
    }
}

package org.tongmai.routes.engine.gateway.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Form;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Policy;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Who;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations.Question;
import org.tongmai.standards.patientindex.PersonRelations.Relation;

class OwnershipCheckTest {
    private static final String SYSTEM = "urn:test";
    private static final PersonIdentifier USER = new PersonIdentifier(SYSTEM, "u-1");
    private static final PersonIdentifier OWN = new PersonIdentifier(PersonIdentifier.PATIENT, "p-own");
    private static final HttpFields JSON = HttpFields.of("content-type", "application/json");

    private final AtomicInteger asked = new AtomicInteger();
    private final OwnershipResolver owners = new OwnershipResolver(questions -> {
        asked.addAndGet(questions.size());
        return questions.stream().collect(Collectors.toMap(each -> each, (Question each) -> Relation.SAME));
    });
    private final OwnershipCheck check = new OwnershipCheck(
            new OwnershipRule(
                    OwnershipRule.Mode.ENFORCE,
                    List.of(place(Part.BODY, "/a/*"), place(Part.BODY, "/b/*"), place(Part.ANSWER, "/a/*")),
                    null),
            "/s",
            owners);

    private final OwnershipResolver strangers = new OwnershipResolver(
            questions -> questions.stream().collect(Collectors.toMap(each -> each, (Question each) -> Relation.NONE)));

    @AfterEach
    void close() {
        owners.close();
        strangers.close();
    }

    @Test
    void a_call_names_at_most_100_different_identifiers_over_all_its_places() {
        assertThat(call(content(ids(2, 60), ids(42, 60)))).isNull();
        assertThat(asked).hasValue(100);

        assertThat(call(content(ids(2, 60), ids(43, 60)))).isEqualTo(GatewayError.IDENTIFIER_UNREADABLE);
        assertThat(asked).hasValue(100);
    }

    @Test
    void an_identifier_that_is_named_again_and_again_is_one() {
        assertThat(call(content(ids(1, 5_000).map(each -> "u-1"), Stream.of("u-1"))))
                .isNull();
        assertThat(asked).hasValue(0);
    }

    @Test
    void an_answer_about_more_than_100_is_withheld() {
        assertThat(answer(content(ids(2, 100), Stream.of()))).isNull();
        assertThat(answer(content(ids(2, 101), Stream.of()))).isEqualTo(GatewayError.ANSWER_UNREADABLE);
    }

    @Test
    void json_of_more_names_values_and_brackets_than_may_be_is_refused_before_objects_are_made_of_it() {
        assertThat(call(beside(99_000))).isNull();
        assertThat(call(beside(101_000))).isEqualTo(GatewayError.IDENTIFIER_UNREADABLE);
        assertThat(answer(beside(490_000))).isNull();
        assertThat(answer(beside(510_000))).isEqualTo(GatewayError.ANSWER_UNREADABLE);
    }

    @Test
    void another_value_in_a_cookie_or_a_query_of_that_name_is_refused_and_the_same_is_not() {
        OwnershipCheck query = check(place(Part.QUERY, "idCard"));
        assertThat(refusal(query.call(call("idCard=u-1", "x=2; id_card=u-1", ""), USER)))
                .isNull();
        assertThat(refusal(query.call(call("idCard=u-1", "x=2; id_card=u-2", ""), USER)))
                .isEqualTo(GatewayError.IDENTIFIER_UNREADABLE);

        OwnershipCheck body = check(place(Part.BODY, "/idCard"));
        String own = "{\"idCard\":\"u-1\"}";
        assertThat(refusal(body.call(call("idCard=u-1&a=2", "a=1", own), USER))).isNull();
        assertThat(refusal(body.call(call("idCard=u-2", "a=1", own), USER)))
                .isEqualTo(GatewayError.IDENTIFIER_UNREADABLE);
        assertThat(refusal(body.call(call("a=2", "idCard=u-2", own), USER)))
                .isEqualTo(GatewayError.IDENTIFIER_UNREADABLE);
    }

    private OwnershipCheck check(Policy policy) {
        return new OwnershipCheck(new OwnershipRule(OwnershipRule.Mode.ENFORCE, List.of(policy), null), "/s", owners);
    }

    private static ReadCall call(String query, String cookie, String content) {
        HttpFields fields = new HttpFields.Builder()
                .add("content-type", "application/json")
                .add("cookie", cookie)
                .build();
        return new ReadCall(
                new HttpCall("POST", "/s", query, fields, content.getBytes(StandardCharsets.UTF_8), "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Patient-Id, p-own,",
        "x-patient-id, p-own,",
        "X-Patient-Id, p-foreign, TM-GATE-0073",
        "X-Patient-Id, 'p-own,p-foreign', TM-GATE-0074",
        "X-Other, p-foreign,",
        "Location, Patient/p-own,",
        "Location, /fhir/Patient/p-own/_history/2,",
        "Location, https://fhir.example:8443/r4/Patient/p-own,",
        "Location, https://fhir.example/r4/Patient/p-foreign/_history/2, TM-GATE-0073",
        "Location, https://fhir.example/r4/Patient/p-own/Patient/p-foreign, TM-GATE-0073",
        "Location, https://fhir.example/r4/Patient/p-own?as=p-foreign, TM-GATE-0074",
        "Location, https://fhir.example/r4/Patient/p%2Dforeign, TM-GATE-0074",
        "Location, https://fhir.example/r4/Observation/7, TM-GATE-0074"
    })
    void an_answer_whose_header_field_names_somebody_else_is_withheld_whatever_it_holds(
            String name, String value, String code) {
        HttpFields fields = new HttpFields.Builder()
                .add("content-type", "text/plain")
                .add(name, value)
                .build();
        for (byte[] content : List.of(new byte[0], "created".getBytes(StandardCharsets.UTF_8))) {
            ErrorCode refusal = refusal(ofFields().answer(new HttpAnswer(201, fields, content), OWN));
            assertThat(refusal == null ? null : refusal.code()).isEqualTo(code);
        }
    }

    @Test
    void each_of_several_fields_of_an_answer_is_judged() {
        HttpFields twice = new HttpFields.Builder()
                .add("X-Patient-Id", "p-own")
                .add("X-Patient-Id", "p-foreign")
                .build();
        assertThat(refusal(ofFields().answer(new HttpAnswer(200, twice, new byte[0]), OWN)))
                .isEqualTo(GatewayError.ANSWER_NOT_OWNED);
    }

    private OwnershipCheck ofFields() {
        return new OwnershipCheck(
                new OwnershipRule(
                        OwnershipRule.Mode.ENFORCE,
                        List.of(
                                new Policy(
                                        Part.ANSWER_FIELD,
                                        "X-Patient-Id",
                                        PersonIdentifier.PATIENT,
                                        Form.VALUE,
                                        Who.SELF),
                                new Policy(
                                        Part.ANSWER_FIELD,
                                        "Location",
                                        PersonIdentifier.PATIENT,
                                        Form.REFERENCE,
                                        Who.SELF)),
                        null),
                "/s",
                strangers);
    }

    /** What is the user's own, and so many empty objects that no policy is about. */
    private static byte[] beside(int objects) {
        String json = "{\"a\":[\"u-1\"],\"b\":[\"u-1\"],\"c\":[" + "{},".repeat(objects - 1) + "{}]}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Policy place(Part part, String pointer) {
        return new Policy(part, pointer, SYSTEM, Form.VALUE, Who.SELF);
    }

    private static Stream<String> ids(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(each -> "u-" + each);
    }

    private static byte[] content(Stream<String> a, Stream<String> b) {
        return ("{\"a\":" + list(a) + ",\"b\":" + list(b) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String list(Stream<String> values) {
        return values.map(each -> '"' + each + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private ErrorCode call(byte[] content) {
        HttpCall call = new HttpCall("POST", "/s", "", JSON, content, "127.0.0.1");
        return refusal(check.call(new ReadCall(call), USER));
    }

    private ErrorCode answer(byte[] content) {
        return refusal(check.answer(new HttpAnswer(200, JSON, content), USER));
    }

    private static ErrorCode refusal(CompletableFuture<?> judged) {
        try {
            judged.join();
            return null;
        } catch (CompletionException e) {
            return ((CodedException) e.getCause()).code();
        }
    }
}

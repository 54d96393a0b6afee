package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.WriteRule;
import org.tongmai.standards.error.CodedException;

class PatchingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATIENT =
            """
            {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1980-01-01",
             "identifier": [{"system": "urn:a", "value": "1"}, {"system": "urn:b", "use": "usual", "value": "2"}],
             "name": [{"text": "a"}, {"text": "b"}], "contact": [{"gender": "female"}]}""";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/patches/patches.csv",
            delimiter = ';',
            numLinesToSkip = 1,
            quoteCharacter = '`',
            maxCharsPerColumn = 5000)
    void patches(String what, String language, String operations, String path, String expected) throws Exception {
        JsonNode found = patched(language, operations).at(path);
        assertThat(found).isEqualTo(expected == null ? MissingNode.getInstance() : JSON.readTree(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/patches/refused.csv",
            delimiter = ';',
            numLinesToSkip = 1,
            quoteCharacter = '`',
            maxCharsPerColumn = 5000)
    void refuses(String what, String language, String operations) {
        assertThatThrownBy(() -> patched(language, operations))
                .isInstanceOfSatisfying(CodedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(FhirError.PATCH_NOT_POSSIBLE);
                    assertThat(refused.getMessage()).doesNotContain("female", "1980");
                });
    }

    @Test
    void copies_can_not_make_a_result_larger_in_text_than_a_body_may_be() {
        String text = "x".repeat(1 << 20);
        assertRefused("[{\"op\":\"add\",\"path\":\"/a\",\"value\":[\"" + text + "\"]}"
                + ",{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/a/-\"}".repeat(12) + "]");
    }

    @Test
    void copies_can_not_make_a_result_deeper_than_a_body_may_be() {
        assertRefused("[{\"op\":\"add\",\"path\":\"/a\",\"value\":{\"a\":1}}"
                + ",{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/b\"},{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/a/a\"}"
                        .repeat(70)
                + "]");
    }

    private static void assertRefused(String operations) {
        assertThatThrownBy(() -> patched("json", operations)).isInstanceOfSatisfying(CodedException.class, refused -> {
            assertThat(refused.code()).isEqualTo(FhirError.PATCH_NOT_POSSIBLE);
            assertThat(refused.getMessage()).contains("expected a result of at most");
        });
    }

    private static ObjectNode patched(String language, String operations) throws JsonProcessingException {
        Patch.Language said = language.equals("json") ? Patch.Language.JSON_PATCH : Patch.Language.FHIRPATH_PATCH;
        Change change = new Change(
                "",
                Change.Verb.PATCH,
                "Patient",
                "p",
                "",
                new Change.Conditions(WriteRule.ANY, ""),
                "",
                null,
                new Patch(said, JSON.readTree(operations)));
        ObjectNode stored = (ObjectNode) JSON.readTree(PATIENT);
        ObjectNode patched = Patching.apply(change, stored);
        assertThat(stored).as("what is stored").isEqualTo(JSON.readTree(PATIENT));
        return patched;
    }
}

package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedResourceTest {
    private static String masked(String reference) {
        ObjectNode resource = JsonNodeFactory.instance.objectNode().put("reference", reference);
        return new MaskedResource(new Random(1)).of(resource).get("reference").textValue();
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/, P10002233, ''",
        "Patient/, 王小明_31010119850315002, ''",
        "Patient/, P10002233, /_history/2",
        "Patient/, ABCDE, /_history/2",
        "Patient/, ABCDE, /$everything",
        "Patient/, P10002233, #name",
        "https://his.example/fhir/Patient/, 王小明, /_history/2",
        "/fhir/r4/Patient/, P_10002233, ''",
        "Patient/, P10002233=A, ''",
        "Patient/, ABCDE, /Observation",
        "https://HIS/FHIR/Patient/, ABCDE, ''",
        "Visit/, ABCDE, ''"
    })
    void of_a_path_the_id_is_masked_and_the_rest_stays(String before, String id, String behind) {
        assertThat(masked(before + id + behind))
                .startsWith(before)
                .endsWith(behind)
                .hasSize((before + id + behind).length())
                .isNotEqualTo(before + id + behind)
                .doesNotContain(id, "10002233");
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/P10002233/Observation/O40005566, P10002233, O40005566",
        "https://his.example/fhir/Patient/ABCDE/Observation/FGHIJ/_history/2, ABCDE, FGHIJ",
        "Visit/ABCDE/Finding/FGHIJ, ABCDE, FGHIJ"
    })
    void of_a_path_with_several_types_each_id_is_masked(String path, String first, String second) {
        assertThat(masked(path))
                .matches(path.replace(first, "[^/]+").replace(second, "[^/]+"))
                .doesNotContain(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identifier=https://his.example/pid|P10002233", "subject=Patient/P10002233"})
    void of_a_search_without_an_address_the_value_is_masked(String search) {
        assertThat(masked(search))
                .startsWith(search.substring(0, search.indexOf('=') + 1))
                .doesNotContain("P10002233");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/$match",
                "Patient/_search",
                "Patient/_history",
                "Patient/",
                "Patient",
                "urn:uuid:0",
                "#p"
            })
    void what_fhir_has_named_is_no_id(String reference) {
        assertThat(masked(reference)).isEqualTo(reference);
    }
}

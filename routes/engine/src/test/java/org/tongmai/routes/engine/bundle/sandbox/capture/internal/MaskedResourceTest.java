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
        "/fhir/r4/Patient/, P_10002233, ''"
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
    @ValueSource(strings = {"Patient/$match", "Patient/_search", "Patient/_history", "Patient", "urn:uuid:0", "#p"})
    void what_fhir_has_named_is_no_id(String reference) {
        assertThat(masked(reference)).isEqualTo(reference);
    }
}

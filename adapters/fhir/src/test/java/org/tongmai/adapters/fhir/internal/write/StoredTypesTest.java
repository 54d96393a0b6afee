package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tongmai.standards.canonical.SearchParameters;

class StoredTypesTest {
    private final StoredTypes types = new StoredTypes();

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/identities.csv", delimiter = ';', numLinesToSkip = 1, quoteCharacter = '`')
    void a_resource_is_recognised_by_its_identifier(String what, String type, String identifiers, String system)
            throws Exception {
        ObjectNode resource = (ObjectNode) new ObjectMapper().readTree("{\"identifier\":" + identifiers + "}");
        assertThat(types.identity(type, resource)
                        .map(StoredTypes.Identity::system)
                        .orElse("-"))
                .isEqualTo(system);
    }

    @Test
    void every_type_can_be_searched_and_has_a_channel() {
        assertThat(SearchParameters.standard().types()).containsAll(types.types());
        assertThat(types.types())
                .allSatisfy(type -> assertThat(types.topic(List.of(type))).matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void the_channel_is_that_of_what_is_told_not_of_whom() {
        assertThat(types.topic(List.of("Patient", "Observation", "Practitioner")))
                .isEqualTo("results");
        assertThat(types.topic(List.of("Practitioner", "Patient"))).isEqualTo("patient-administration");
    }
}

package org.tongmai.mappings.hl7out.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong structure of a message is refused where it is loaded, with file and line. */
class BadStructuresTest {
    private static final String FILE = "X.map.yaml";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "fill, '{ROL-2: \"$action:AD\"}', $action:AD",
        "fill, '{ROL-2: \"$action:AD:\"}', $action:AD:",
        "fill, '{ROL-2: \"$action:AD:UC:DE\"}', $action:AD:UC:DE",
        "fill, '{ROL-2: \"$actoin:AD:UC\"}', $actoin:AD:UC",
        "fill, '{ROL-2: $numbre}', $numbre",
        "fill, '{ROL-2: =ORC}', =ORC",
        "fill, '{ROL_2: AD}', ROL_2",
        "fill, '{PRT-2: AD}', PRT-2",
        "tells, '[PRT-4]', PRT-4",
        "tels, '[ROL-4]', tels",
    })
    void what_is_not_known_is_refused_with_its_line(String key, String value, String found) {
        String text =
                "map: X\nevents: {}\nsegments:\n  - {segment: MSH}\n  - {segment: ROL, " + key + ": " + value + "}\n";
        assertThatThrownBy(() -> StructureReader.read(FILE, text, Structure.class))
                .hasMessageContaining("TM-MAP-0101")
                .hasMessageContaining(FILE + ":5")
                .hasMessageContaining(found);
    }

    @Test
    void a_text_a_number_a_copy_and_an_action_are_read() {
        assertThat(Fill.of("^Observations").words()).containsExactly("", "Observations");
        assertThat(Fill.of("$number").kind()).isEqualTo(Fill.Kind.NUMBER);
        assertThat(Fill.of("=ORC-2").field()).hasToString("ORC-2");
        assertThat(Fill.of("$action:AD:UC").words()).containsExactly("AD", "UC");
    }
}

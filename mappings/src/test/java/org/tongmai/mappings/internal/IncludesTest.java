package org.tongmai.mappings.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.error.Issue;

class IncludesTest {
    private final Map<String, String> texts = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();
    private final MapReader reader = MapReader.including(issues);
    private final Includes includes =
            new Includes(name -> texts.containsKey(name) ? reader.read(name, texts.get(name)) : null, issues);

    @Test
    void included_rows_follow_the_own_ones_and_keep_their_file_and_line() {
        map("visit", "include: [places, people]", "subject");
        map("places", "", "location");
        map("people", "include: more", "participant");
        map("more", "", "account");
        assertThat(includes.whole("visit").rows())
                .extracting(row -> row.at() + " " + row.to())
                .containsExactly("visit:5 subject", "places:5 location", "people:5 participant", "more:5 account");
        assertThat(issues).isEmpty();
    }

    @Test
    void a_circle_is_refused_with_file_and_line() {
        map("visit", "include: [places]", "subject");
        map("places", "include: [people]", "location");
        map("people", "include: [visit]", "participant");
        includes.whole("visit");
        refusedAs("TM-MAP-0109", "people:3", "visit > places > people > visit");
    }

    @Test
    void a_map_that_includes_itself_is_refused() {
        map("visit", "include: [visit]", "subject");
        includes.whole("visit");
        refusedAs("TM-MAP-0109", "visit:3", "visit > visit");
    }

    @Test
    void what_is_not_there_is_refused_with_file_and_line() {
        map("visit", "include: [places]", "subject");
        includes.whole("visit");
        refusedAs("TM-MAP-0102", "visit:3", "no map places");
    }

    @Test
    void rows_are_not_taken_twice() {
        map("visit", "include: [places, people]", "subject");
        map("places", "include: [people]", "location");
        map("people", "", "participant");
        includes.whole("visit");
        refusedAs("TM-MAP-0101", "visit:3", "people is included twice");
    }

    @Test
    void rows_of_another_segment_or_type_are_refused() {
        map("visit", "include: [patient]", "subject");
        texts.put("patient", "from: PID\nto: Patient\nrows:\n  - {from: PID-8, to: gender}\n");
        includes.whole("visit");
        refusedAs("TM-MAP-0105", "visit:3", "patient makes PID-Patient");
    }

    @Test
    void a_map_that_is_more_than_rows_is_refused() {
        map("visit", "include: [places]", "subject");
        map("places", "identity: [{from: PV1-19, call: visit-identifier}]", "location");
        includes.whole("visit");
        refusedAs("TM-MAP-0101", "visit:3", "places is a map of its own, expected rows only");
    }

    @Test
    void a_map_that_stands_alone_can_not_include() {
        new MapReader(issues).read("overlay", "from: PV1\nto: Encounter\ninclude: [places]\nrows: []\n");
        refusedAs("TM-MAP-0103", "overlay:3", "found include");
    }

    private void map(String name, String head, String element) {
        texts.put(name, "from: PV1\nto: Encounter\n%s\nrows:\n  - {from: PV1-2, to: %s}\n".formatted(head, element));
    }

    private void refusedAs(String code, String location, String detail) {
        assertThat(issues).singleElement().satisfies(issue -> {
            assertThat(issue.code().code()).isEqualTo(code);
            assertThat(issue.location()).isEqualTo(location);
            assertThat(issue.detail()).isEqualTo(detail);
        });
    }
}

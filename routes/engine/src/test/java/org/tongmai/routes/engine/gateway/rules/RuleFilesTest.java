package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.error.CodedException;

class RuleFilesTest {
    private static final String KEY = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'applications': [{'@KEY@': 'x'}]}; applications[0].*64",
                "{'applications': [{'rate': '@KEY@'}]}; applications[0].rate",
                "{'applications': [{'keys': [{'from': '@KEY@'}]}]}; applications[0].keys[0].from",
                "{'applications': [{'@KEY@': 'x'}]}; no such member",
                "{'applications': [{'state': '@KEY@'}]}; expected: one of [",
                "{'services': '@KEY@'}; expected: a list",
                "{'applications': [{'id': @KEY@}]}; line 1, column",
                "{'applications': [{'id': 'x', 'id': '@KEY@'}]}; a member twice",
                "@KEY@; not JSON"
            },
            quoteCharacter = '`')
    void what_is_no_rule_is_told_by_its_place_and_never_quoted(String rules, String told) {
        String json = rules.replace('\'', '"').replace("@KEY@", KEY);

        assertThatThrownBy(() -> RuleFiles.read(json))
                .hasMessageContaining("TM-GATE-0040")
                .hasMessageContaining(told)
                .hasMessageNotContaining(KEY)
                .hasMessageNotContaining(KEY.substring(0, 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                " null ",
                "{\"services\": @DEEP@",
                "{\"current\": @DEEP@",
                "@DEEP@",
                "{\"services\": [{\"id\": @DEEP@",
                "[]",
                "1",
                "{\"services\": [null]}"
            })
    void what_is_no_object_or_nested_too_deep_is_no_rule(String rules) {
        String json = rules.replace("@DEEP@", "[".repeat(100_000));
        assertThatThrownBy(() -> RuleFiles.read(json))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-GATE-0040");
    }

    @Test
    void what_is_null_in_rules_is_as_if_it_were_not_there() {
        assertThat(RuleFiles.read("{\"services\": null, \"addresses\": null}")).isEqualTo(RuleSet.NOTHING);
    }
}

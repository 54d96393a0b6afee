package org.tongmai.standards.crypto.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.standards.crypto.Sm2Test.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.crypto.CryptoError;

class CallerCodeTest {
    @ParameterizedTest
    @EnumSource(CallerLanguage.class)
    void a_language_has_files_with_nothing_left_to_fill_in(CallerLanguage language) {
        var files = CallerCode.generate(language, "https://gateway.example:8443/open", "his-1");
        assertThat(files).isNotEmpty();
        assertThat(files.values()).noneMatch(text -> text.contains("{{"));
        assertThat(String.join("\n", files.values())).contains("https://gateway.example:8443/open", "his-1");
        assertThat(CallerLanguage.of(language.text())).contains(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gateway", "ftp://a", "https://a/", "https://a/\"; evil", "https://a\n"})
    void an_address_that_is_more_than_an_address_is_refused(String address) {
        assertRefused(CryptoError.NO_CALLER_CODE, () -> CallerCode.generate(CallerLanguage.GO, address, "his-1"));
    }

    @Test
    void an_application_that_is_more_than_a_name_is_refused() {
        for (String app : new String[] {"", "a\"b", "a\\b", "a b", "a".repeat(129)}) {
            assertRefused(
                    CryptoError.NO_CALLER_CODE, () -> CallerCode.generate(CallerLanguage.PYTHON, "https://a", app));
        }
    }
}

package org.tongmai.standards.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlainNameTest {
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int TEXTS = 20_000;

    @Test
    void names_of_interfaces_are_plain() throws IOException {
        assertThat(lines("names-of-interfaces.txt")).hasSizeGreaterThan(400).allMatch(PlainName::isPlain);
    }

    @Test
    void texts_made_at_random_are_masked_also_those_without_digits() throws IOException {
        assertThat(lines("texts-at-random.txt")).hasSizeGreaterThan(200).noneMatch(PlainName::isPlain);
    }

    @Test
    void of_random_texts_as_long_as_keys_almost_none_passes() {
        Random random = new Random(20_261_127);
        for (int length : new int[] {22, 32, 43}) {
            long passed = IntStream.range(0, TEXTS)
                    .mapToObj(i -> text(random, length))
                    .filter(PlainName::isPlain)
                    .count();
            assertThat(passed).as("%d characters", length).isLessThanOrEqualTo(TEXTS / 10_000);
        }
    }

    @Test
    void an_identifier_an_address_and_what_is_long_are_masked_and_their_length_told() {
        assertThat(PlainName.of("310101199001011234")).isEqualTo("*18");
        assertThat(PlainName.of("P310101")).isEqualTo("*7");
        assertThat(PlainName.of("someone@hospital")).isEqualTo("*16");
        assertThat(PlainName.of("王小明")).isEqualTo("*3");
        assertThat(PlainName.of("x\r\nSet-Cookie:a")).isEqualTo("*15");
        assertThat(PlainName.of("")).isEqualTo("*0");
        assertThat(PlainName.of("a-name-of-words-that-is-longer-than-names-are"))
                .isEqualTo("*45");
        assertThat(PlainName.of("address_line_2")).isEqualTo("address_line_2");
    }

    private static String text(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> BASE64.substring(random.nextInt(BASE64.length())).substring(0, 1))
                .collect(Collectors.joining());
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = PlainNameTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}

package org.tongmai.standards.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES =
            TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48"));

    /** Values of two fields are parted by a vertical bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "10.1.1.1; 203.0.113.9; 203.0.113.9",
                "192.0.2.7; 198.51.100.1, 203.0.113.9; 203.0.113.9",
                "10.1.1.1; 203.0.113.9, 10.2.2.2, 192.0.2.7; 203.0.113.9",
                "10.1.1.1; 198.51.100.1|203.0.113.9; 203.0.113.9",
                "10.1.1.1; 203.0.113.9|10.2.2.2; 203.0.113.9",
                "10.1.1.1; 10.3.3.3 , 10.2.2.2; 10.3.3.3",
                "10.1.1.1; not-read, 203.0.113.9; 203.0.113.9",
                "2001:db8:1::7; 2001:DB8:0002::0001; 2001:db8:2:0:0:0:0:1",
                "2001:db8:1::7; 2001:db8:9::9, 2001:db8:1::8; 2001:db8:9:0:0:0:0:9",
                "10.1.1.1; ::ffff:203.0.113.9; 203.0.113.9",
                "10.1.1.1; 203.0.113.9, ::ffff:10.2.2.2; 203.0.113.9"
            })
    void the_right_most_address_that_is_no_trusted_proxy_is_the_caller(String peer, String fields, String caller) {
        assertThat(PROXIES.caller(peer, Arrays.asList(fields.split("\\|", -1)))).contains(caller);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1", "192.0.2.8", "2001:db8:2::7"})
    void who_is_not_trusted_is_not_believed_whatever_it_says(String peer) {
        assertThat(PROXIES.caller(peer, List.of("10.1.1.1", "no address"))).contains(peer);
        assertThat(TrustedProxies.NONE.caller(peer, List.of("10.1.1.1"))).contains(peer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.9,",
                "unknown",
                "203.0.113.9:4711",
                "[2001:db8:2::1]",
                "fe80::1%eth0",
                "203.0.113.256",
                "203.0.113",
                "0313.0.113.9",
                "203.0.113.9, 10.1.1.x",
                "2001:db8::1::2",
                "203.0.113.9 10.1.1.1"
            })
    void what_a_trusted_proxy_says_that_is_no_address_is_nobody(String field) {
        assertThat(PROXIES.caller("10.1.1.1", List.of(field))).isEmpty();
    }

    @Test
    void a_trusted_proxy_that_says_nothing_calls_for_itself() {
        assertThat(PROXIES.caller("10.1.1.1", List.of())).contains("10.1.1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/7", "proxy.example", "10.0.0.0/33", ""})
    void a_block_that_trusts_nearly_everybody_or_is_none_is_not_taken(String block) {
        assertThat(TrustedProxies.isOne(block)).isFalse();
        assertThatThrownBy(() -> TrustedProxies.of(List.of(block))).isInstanceOf(IllegalArgumentException.class);
    }
}

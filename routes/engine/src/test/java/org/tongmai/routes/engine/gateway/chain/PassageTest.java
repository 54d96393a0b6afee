package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class PassageTest {
    @Test
    void addresses_of_one_ipv6_network_have_one_rate_and_ipv4_addresses_each_their_own() {
        assertThat(key("2001:db8:1:2::1")).isEqualTo(key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(key("2001:db8:1:2::1")).isNotEqualTo(key("2001:db8:1:3::1"));
        assertThat(key("10.0.0.1")).isEqualTo(key("::ffff:10.0.0.1")).isNotEqualTo(key("10.0.0.2"));
    }

    private static String key(String address) {
        HttpCall call = new HttpCall("GET", "/", "", HttpFields.NONE, new byte[0], address);
        return new Passage(GatewayKind.BUS, call, Runnable::run).addressKey();
    }
}

package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class ContentGuardTest {
    @Test
    void a_field_that_is_allowed_with_an_underscore_is_handed_on() {
        ContentGuard guard = new ContentGuard(new ContentRule(0, List.of("X_Ward"), null, null, null, null));
        HttpFields fields = HttpFields.of("X_Ward", "7", "X-Other", "1", "X_Real_IP", "1.2.3.4");
        HttpCall call = new HttpCall("GET", "/", "", fields, new byte[0], "127.0.0.1");

        HttpCall forwarded = guard.forwarded(new Passage(GatewayKind.BUS, call, Runnable::run));

        assertThat(forwarded.fields().first("X_Ward")).contains("7");
        assertThat(forwarded.fields().first("X-Other")).isEmpty();
        assertThat(forwarded.fields().first("X_Real_IP")).isEmpty();
    }
}

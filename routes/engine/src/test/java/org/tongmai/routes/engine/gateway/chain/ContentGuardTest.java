package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.screen.Finding;
import org.tongmai.routes.engine.gateway.screen.ScreenError;
import org.tongmai.routes.engine.gateway.screen.Screening;
import org.tongmai.routes.engine.gateway.screen.ScreeningPolicy;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

class ContentGuardTest {
    private static final String ATTACK = "x' or 1=1 --";
    private static final Screening STRICT = Screening.of(ScreeningPolicy.STRICT);

    @Test
    void a_field_that_is_allowed_with_an_underscore_is_handed_on() {
        ContentGuard guard = new ContentGuard(new ContentRule(0, 0, List.of("X_Ward"), null, null, null, null));
        HttpFields fields = HttpFields.of("X_Ward", "7", "X-Other", "1", "X_Real_IP", "1.2.3.4");
        HttpCall call = call(fields);

        HttpCall forwarded = guard.forwarded(new Passage(GatewayKind.BUS, call, Runnable::run));

        assertThat(forwarded.fields().first("X_Ward")).contains("7");
        assertThat(forwarded.fields().first("X-Other")).isEmpty();
        assertThat(forwarded.fields().first("X_Real_IP")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-User", "X.User.Id", "X_User_Id", "X-Username", "Auth-User"})
    void who_calls_is_said_by_the_caller_only_where_the_rule_names_the_field(String name) {
        HttpCall call = call(HttpFields.of(name, "chief"));
        Passage passage = new Passage(GatewayKind.BUS, call, Runnable::run);
        ContentGuard naming = new ContentGuard(new ContentRule(0, 0, List.of(name), null, null, null, null));

        assertThat(new ContentGuard(ContentRule.DEFAULT)
                        .forwarded(passage)
                        .fields()
                        .first(name))
                .isEmpty();
        assertThat(naming.forwarded(passage).fields().first(name)).contains("chief");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Tongmai-Signature",
                "X-Tongmai-Nonce",
                "x-tongmai-note",
                "X_Tongmai_Note",
                "X-Forwarded-For",
                "Forwarded",
                "X_Real_IP",
                "Client-Cert",
                "Client-Cert-Chain",
                "SSL_CLIENT_S_DN",
                "X-SSL-Client-Cert",
                "X-Client-DN",
                "X-Client-Cert",
                "X-Tls-Client-Cert",
                "X-ARR-ClientCert",
                "X-Amzn-Mtls-Clientcert",
                "Remote-User",
                "X_Remote_User",
                "X-Remote-Addr",
                "X-Authenticated-User",
                "X-Cluster-Client-IP",
                "CF-Connecting-IP",
                "X-Originating-IP",
                "X-Host",
                "X-Method",
                "X.Tongmai-User",
                "X~Tongmai~User",
                "X-Tongmai.User",
                "X.Forwarded.For",
                "X.HTTP.Method.Override",
                "Client-IP",
                "CF-Connecting-IP",
                "Proxy"
            })
    void what_is_not_screened_never_reaches_the_service(String name) {
        HttpCall call = call(HttpFields.of(name, ATTACK));
        ContentGuard allowing = new ContentGuard(new ContentRule(0, 0, List.of(name), null, null, null, null));

        assertThat(STRICT.screen(new ReadCall(call))).isEmpty();
        for (ContentGuard guard : List.of(allowing, new ContentGuard(ContentRule.DEFAULT))) {
            HttpFields forwarded = guard.forwarded(new Passage(GatewayKind.BUS, call, Runnable::run))
                    .fields();
            assertThat(forwarded.size()).isEqualTo(1);
            assertThat(forwarded.name(0)).isEqualTo(ContentGuard.TRACE_FIELD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Note", "X_Note", "User_Agent", "X-Tongmaix", "X-Client-Id", "X-Hostname", "X-Methods"})
    void what_reaches_the_service_is_screened_also_with_an_underscore(String name) {
        HttpCall call = call(HttpFields.of(name, ATTACK));
        ContentGuard guard = new ContentGuard(ContentRule.DEFAULT);

        assertThat(STRICT.screen(new ReadCall(call))).map(Finding::error).contains(ScreenError.SQL);
        assertThat(guard.forwarded(new Passage(GatewayKind.BUS, call, Runnable::run))
                        .fields()
                        .first(name))
                .contains(ATTACK);
    }

    private static HttpCall call(HttpFields fields) {
        return new HttpCall("GET", "/", "", fields, new byte[0], "127.0.0.1");
    }
}

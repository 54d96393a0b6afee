package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Says how to log in, where a token is missing or not good (RFC 6750, 3). */
final class Challenges {
    private static final String REALM = "Bearer realm=\"tongmai\"";

    private Challenges() {}

    static HttpAnswer with(HttpAnswer answer, Issue refusal) {
        if (!(refusal.code() instanceof GatewayError error)) {
            return answer;
        }
        String challenge =
                switch (error) {
                    case TOKEN_MISSING -> REALM;
                    case TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_NOT_FOR_US, TOKEN_KEY_UNKNOWN ->
                        REALM + ", error=\"invalid_token\"";
                    case SCOPE_MISSING -> REALM + ", error=\"insufficient_scope\"";
                    default -> "";
                };
        return challenge.isEmpty() ? answer : answer.with(answer.fields().with("www-authenticate", challenge));
    }
}

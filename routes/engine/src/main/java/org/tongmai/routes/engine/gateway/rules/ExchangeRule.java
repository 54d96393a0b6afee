package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.Map;

/**
 * How a provider is asked whose a token is, as channels like 随申办 offer it: one POST with the application's id, the token, a
 * time and a nonce, signed with a key the two share; the answer is JSON with the user's data. The key is no rule: it lies in
 * a file {@code <provider>.key} of {@code tongmai.gateway.exchange-keys}.
 *
 * @param url https, or http of this machine
 * @param form how the request is written
 * @param app the application's id at the provider
 * @param names names of the request's members
 * @param constants members that are always the same
 * @param signature over {@code name=value} of every other member with a value, sorted by name, joined by {@code &}; as hex
 * @param success pointer into the answer, and what stands there when it is one
 * @param life pointer to how many seconds the token still holds; empty for {@code longest}
 * @param longest how long an answer is kept at most
 */
public record ExchangeRule(
        String url,
        RequestForm form,
        String app,
        MemberNames names,
        Map<String, String> constants,
        SignatureKind signature,
        Expected success,
        String life,
        Duration longest) {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    public ExchangeRule {
        url = Absent.text(url);
        form = form == null ? RequestForm.JSON : form;
        app = Absent.text(app);
        names = names == null ? new MemberNames(null, null, null, null, null) : names;
        constants = Absent.map(constants);
        signature = signature == null ? SignatureKind.HMAC_SM3 : signature;
        success = success == null ? new Expected(null, null) : success;
        life = Absent.text(life);
        longest = longest == null ? FIVE_MINUTES : longest;
    }

    /** How the request is written. */
    public enum RequestForm {
        JSON,
        FORM
    }

    /** How the request is signed. */
    public enum SignatureKind {
        HMAC_SM3,
        HMAC_SHA256
    }

    /** What the request's members are called. */
    public record MemberNames(String app, String token, String timestamp, String nonce, String signature) {
        public MemberNames {
            app = app == null ? "appId" : app;
            token = token == null ? "accessToken" : token;
            timestamp = timestamp == null ? "timestamp" : timestamp;
            nonce = nonce == null ? "nonce" : nonce;
            signature = signature == null ? "sign" : signature;
        }
    }

    /** What an answer says when the token is good. */
    public record Expected(String pointer, String value) {
        public Expected {
            pointer = Absent.text(pointer);
            value = Absent.text(value);
        }
    }
}

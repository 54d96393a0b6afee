package org.tongmai.routes.engine.gateway.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tongmai.routes.engine.gateway.rules.ExchangeRule;
import org.tongmai.routes.engine.gateway.rules.ExchangeRule.SignatureKind;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.crypto.Signer;

/** Writes and signs the question whose a token is. */
final class ExchangeRequest {
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ExchangeRule rule;
    private final Signer signer;
    private final Clock clock;

    /** @param key what the gateway and the provider share, at least 16 bytes */
    ExchangeRequest(ExchangeRule rule, byte[] key, Clock clock) {
        this.rule = rule;
        HmacSm3Key sm3 = HmacSm3Key.of(key);
        this.signer = rule.signature() == SignatureKind.HMAC_SM3 ? sm3 : content -> sha256(key, content);
        this.clock = clock;
    }

    String contentType() {
        return rule.form() == ExchangeRule.RequestForm.JSON ? "application/json" : "application/x-www-form-urlencoded";
    }

    byte[] body(String token) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Map<String, String> members = new TreeMap<>(rule.constants());
        members.put(rule.names().app(), rule.app());
        members.put(rule.names().token(), token);
        members.put(rule.names().timestamp(), Long.toString(clock.millis()));
        members.put(rule.names().nonce(), HexFormat.of().formatHex(nonce));
        String canonical = members.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("&"));
        byte[] signature = signer.sign(canonical.getBytes(StandardCharsets.UTF_8));
        members.put(rule.names().signature(), HexFormat.of().formatHex(signature));
        return written(members).getBytes(StandardCharsets.UTF_8);
    }

    private String written(Map<String, String> members) {
        if (rule.form() == ExchangeRule.RequestForm.FORM) {
            return members.entrySet().stream()
                    .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                    .collect(Collectors.joining("&"));
        }
        try {
            return Json.STRICT.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}

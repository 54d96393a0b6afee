package org.tongmai.console.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Rules of the gateways as they are published one after the other ({@code gateway-kill/rules.json}). Every service's target
 * says the generation, so an answer shows which rules it went by; each generation gives or takes away something.
 *
 * @param number 1, 2, 3 …
 */
record GatewayGeneration(int number) {
    private static final String TEMPLATE = template();

    /** Whether the application {@code sometimes} is authorised. */
    boolean authorises() {
        return number % 2 == 0;
    }

    /** Whether the service {@code withdrawn} is there. */
    boolean offers() {
        return number % 3 != 0;
    }

    /** @param key public, of both applications, as PEM */
    String rules(String key, String service) {
        return TEMPLATE.replace("@KEY@", key.replace("\n", "\\n"))
                .replace("@SERVICE@", service)
                .replace("@GENERATION@", Integer.toString(number))
                .replace("@SOMETIMES@", authorises() ? "\"signed\"" : "")
                .replace("@PATH@", offers() ? "withdrawn" : "elsewhere");
    }

    /** Whether an answer is one of these rules; that nobody could judge it is not asked here. */
    boolean explains(GatewayCall call) {
        GatewayCall.Answer answer = call.answer();
        return switch (call.service()) {
            case "withdrawn" -> offers() ? isPassed(call) : answer.code().equals("TM-GATE-0001");
            case "signed" ->
                call.by().equals("sometimes") && !authorises() ? answer.code().equals("TM-GATE-0007") : isPassed(call);
            default -> isPassed(call);
        };
    }

    private boolean isPassed(GatewayCall call) {
        return call.passed() && call.answer().generation() == number;
    }

    private static String template() {
        try (InputStream in = GatewayGeneration.class.getResourceAsStream("/gateway-kill/rules.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.tongmai.routes.engine.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key that services which ask for a certificate are shown. */
class OwnKeyTest {
    private static final String RULES =
            """
            {"services": [{"id": "s", "gateways": ["BUS"], "methods": ["GET"], "path": "/s", "access": {"identity": "NONE"},
              "transport": {"kind": "%s", "parameters": {%s}%s}}]}""";

    private static final String PLACE = "services[s].transport.parameters ";
    private static final String EXPECTED = " (expected: tlsKeyStore and account, or neither)";

    private static final List<TransportKind> KINDS = List.of(
            new TransportKind("http", Set.of("entry", "url"), Map.of("tlsKeyStore", "", "account", "")),
            new TransportKind("ftp", Set.of("entry", "account"), Map.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "http; \"tlsKeyStore\": \"/etc/k.p12\"; found: tlsKeyStore",
                "http; \"account\": \"district\"; found: account",
                "http; \"tlsKeyStore\": \"/etc/k.p12\", \"account\": \" \"; found: tlsKeyStore",
                "http; \"tlsKeyStore\": \"/etc/k.p12\", \"account\": \"district\"; ''",
                "http; ''; ''",
                "ftp; \"account\": \"district\"; ''"
            })
    void it_and_the_account_that_has_its_password_are_named_together(String kind, String parameters, String violation) {
        String targets = kind.equals("http") ? ", \"targets\": [{\"url\": \"https://a\"}]" : "";

        assertThat(RuleCheck.violations(RuleFiles.read(RULES.formatted(kind, parameters, targets)), KINDS, List.of()))
                .extracting(issue -> issue.location() + " " + issue.detail())
                .isEqualTo(violation.isEmpty() ? List.of() : List.of(PLACE + violation + EXPECTED));
    }
}

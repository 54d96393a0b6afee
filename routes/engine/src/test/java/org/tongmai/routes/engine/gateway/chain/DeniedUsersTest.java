package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.rules.IdentityProvider;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.user.User;
import org.tongmai.routes.engine.gateway.user.UserTokens;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.PersonIdentifier;

class DeniedUsersTest {
    private static final String RULES =
            """
            {"identityProviders": [{"id": "residents", "subject": {"system": "urn:oid:2.16.156.10011.1.3"}, "deniedUsers": [%s],
              "jwt": {"issuer": "https://id.example", "audience": ["a"], "keysUrl": "https://id.example/keys"}}]}
            """;
    private static final User MOTHER = user("110101198503070023");

    private final Pseudonyms lasting = Pseudonyms.of(HmacSm3Key.of("0123456789abcdef".getBytes()));

    private static User user(String value) {
        PersonIdentifier subject = new PersonIdentifier("urn:oid:2.16.156.10011.1.3", value);
        return new User("residents", subject, Set.of(), Set.of(), Instant.MAX);
    }

    private static DeniedUsers denied(Pseudonyms pseudonyms, String... users) {
        String list = users.length == 0 ? "" : '"' + String.join("\",\"", users) + '"';
        List<IdentityProvider> providers = RuleFiles.read(RULES.formatted(list)).identityProviders();
        try (UserTokens tokens = new UserTokens(provider -> null, Clock.systemUTC())) {
            return new DeniedUsers(tokens.known(providers, Map.of()).get("residents"), pseudonyms);
        }
    }

    @Test
    void who_is_on_the_list_does_not_pass_and_who_is_not_does() {
        DeniedUsers denied = denied(lasting, "0000000000000000", lasting.of(MOTHER.subject()));

        assertThatThrownBy(() -> denied.admit(MOTHER)).hasMessageContaining("TM-GATE-0031");
        assertThatCode(() -> denied.admit(user("110101198203070015"))).doesNotThrowAnyException();
        assertThat(denied.missing()).isEmpty();
    }

    @Test
    void where_pseudonyms_change_with_every_start_a_list_is_told_and_nobody_passes() {
        DeniedUsers denied = denied(Pseudonyms.ofThisProcess(), "0000000000000000");

        assertThat(denied.missing().map(Issue::location)).contains("identityProviders[residents].deniedUsers");
        assertThatThrownBy(() -> denied.admit(MOTHER)).hasMessageContaining("TM-GATE-0065");
        assertThat(denied(Pseudonyms.ofThisProcess()).missing()).isEmpty();
        assertThatCode(() -> denied(Pseudonyms.ofThisProcess()).admit(MOTHER)).doesNotThrowAnyException();
    }
}

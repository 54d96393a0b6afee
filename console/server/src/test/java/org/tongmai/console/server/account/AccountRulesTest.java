package org.tongmai.console.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.account.Account.Credentials;
import org.tongmai.console.server.account.Account.Locking;
import org.tongmai.console.server.account.Account.Person;

class AccountRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    private static Account account(Role role, Credentials credentials) {
        return new Account("a", Set.of(role), true, new Locking(0, null), credentials, new Person("", null), 1);
    }

    private static Credentials since(long days) {
        return new Credentials(NOW.minus(Duration.ofDays(days)), false, false);
    }

    @Test
    void a_password_of_a_person_counts_ninety_days_and_that_of_a_machine_for_ever() {
        AccountRules rules = AccountRules.defaults();
        assertThat(rules.limitOf(account(Role.OPERATOR, since(89)), NOW)).isEqualTo(Limit.NONE);
        assertThat(rules.limitOf(account(Role.OPERATOR, since(91)), NOW)).isEqualTo(Limit.CHANGE_PASSWORD);
        assertThat(rules.limitOf(account(Role.SERVICE, since(9_100)), NOW)).isEqualTo(Limit.NONE);
    }

    @Test
    void an_age_of_zero_never_ends() {
        AccountRules rules = new AccountRules(Duration.ZERO, Set.of(), Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(rules.limitOf(account(Role.VIEWER, since(9_100)), NOW)).isEqualTo(Limit.NONE);
    }

    @Test
    void a_password_somebody_else_knows_is_to_be_changed() {
        Credentials given = new Credentials(NOW, true, true);
        assertThat(AccountRules.defaults().limitOf(account(Role.VIEWER, given), NOW))
                .isEqualTo(Limit.CHANGE_PASSWORD);
    }

    @Test
    void who_must_have_a_second_factor_and_has_none_can_only_enrol() {
        AccountRules rules = new AccountRules(
                Duration.ofDays(90), Set.of(Role.ADMINISTRATOR), Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(rules.limitOf(account(Role.ADMINISTRATOR, since(1)), NOW)).isEqualTo(Limit.ENROL_SECOND_FACTOR);
        assertThat(rules.limitOf(account(Role.OPERATOR, since(1)), NOW)).isEqualTo(Limit.NONE);
        Credentials enrolled = new Credentials(NOW, false, true);
        assertThat(rules.limitOf(account(Role.ADMINISTRATOR, enrolled), NOW)).isEqualTo(Limit.NONE);
    }

    @Test
    void the_security_and_the_audit_administrator_may_what_a_viewer_may_and_nothing_of_the_others() {
        for (Role role : EnumSet.of(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)) {
            assertThat(role.implied()).containsExactlyInAnyOrder(Role.VIEWER, role);
        }
        assertThat(Role.ADMINISTRATOR.implied()).doesNotContain(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR);
    }
}

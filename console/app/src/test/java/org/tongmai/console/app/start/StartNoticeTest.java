package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tongmai.console.server.account.Role;

class StartNoticeTest {
    @Test
    void a_start_warns_of_administrators_whose_password_is_enough_and_of_nothing_else() {
        assertThat(StartNotice.warning(Set.of(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)))
                .singleElement()
                .asString()
                .contains("WARNING", "AUDIT_ADMINISTRATOR, SECURITY_ADMINISTRATOR;", "tongmai.console.second-factor");
        assertThat(StartNotice.warning(Set.of())).isEmpty();
    }
}

package org.tongmai.console.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.tongmai.console.server.account.Role;

class ConsoleAccessSettingsTest {
    private static ConsoleAccessSettings bind(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("tongmai.console", ConsoleAccessSettings.class);
    }

    @Test
    void five_failures_lock_for_ten_minutes_unless_told_otherwise() {
        ConsoleAccessSettings usual = bind(Map.of());
        assertThat(usual.lockAfter()).isEqualTo(5);
        assertThat(usual.lockFor()).hasMinutes(10);
        ConsoleAccessSettings told = bind(Map.of("tongmai.console.lock-after", "3", "tongmai.console.lock-for", "30m"));
        assertThat(told.lockAfter()).isEqualTo(3);
        assertThat(told.lockFor()).hasMinutes(30);
    }

    @Test
    void locks_that_hinder_nobody_are_violations() {
        List<String> found = new ArrayList<>();
        bind(Map.of("tongmai.console.lock-after", "11", "tongmai.console.lock-for", "59s"))
                .check(found);
        assertThat(found)
                .containsExactly(
                        "tongmai.console.lock-after: 11 (expected: 1 to 10)",
                        "tongmai.console.lock-for: PT59S (expected: 1 minute to 1 day)");
    }

    @Test
    void administrators_whose_password_is_enough_are_known() {
        assertThat(bind(Map.of()).administratorsWithPasswordAlone()).isEqualTo(Role.ADMINISTRATORS);
        assertThat(bind(Map.of("tongmai.console.second-factor", "OPERATOR,ADMINISTRATOR,SECURITY_ADMINISTRATOR"))
                        .administratorsWithPasswordAlone())
                .containsExactly(Role.AUDIT_ADMINISTRATOR);
    }
}

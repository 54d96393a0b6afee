package org.tongmai.console.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GatewaySettingsTest {
    @Test
    void no_request_is_held_that_doors_would_refuse_as_soon_as_another_is_under_way() {
        assertThat(found("64MB")).isEmpty();
        assertThat(found("65MB")).containsExactly("tongmai.gateway.max-body: 68157440B (expected: 1KB to 64MB)");
    }

    private static List<String> found(String maxBody) {
        List<String> found = new ArrayList<>();
        new Binder(new MapConfigurationPropertySource(Map.of("tongmai.gateway.max-body", maxBody)))
                .bindOrCreate("tongmai.gateway", GatewaySettings.class)
                .check(found);
        return found;
    }
}

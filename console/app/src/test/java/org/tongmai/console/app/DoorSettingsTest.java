package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.tongmai.console.app.settings.PortSettings.SamplePresence;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.routes.engine.gateway.GatewayKind;

/** Settings of the ports that others reach: who is believed, what is open, what is encrypted. */
class DoorSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tongmai.gateway.trusted-proxies; 10.0.0.1,0.0.0.0/0; 0.0.0.0/0 (expected: addresses",
                "tongmai.console.trusted-proxies; proxy.example; proxy.example (expected: addresses",
                "tongmai.gateway.max-connections-per-proxy; 0; 0 (expected: 1 to 100000)",
                "tongmai.gateway.hosts.bus; 10.0.0.1:80/x; 10.0.0.1:80/x (expected: a local address)",
                "tongmai.gateway.tls-client-authentication.open; need; (expected: none, or tls-key-store",
                "tongmai.gateway.tls-trust-store; /nowhere.p12; not readable",
                "tongmai.console.tls-key-store; /nowhere.p12; not readable",
                "tongmai.console.tls-key-store-password-file; /x; (expected: set when tls-key-store is)",
                "tongmai.console.host; [no-address; [no-address (expected: an address"
            })
    void what_would_leave_a_door_open_or_closed_by_mistake_is_told(String name, String value, String told) {
        assertThat(bind(Map.of(name, value)).violations())
                .anySatisfy(violation -> assertThat(violation).startsWith(name + ": " + told));
    }

    @Test
    void a_node_has_every_door_unless_its_settings_name_some_or_none() {
        assertThat(bind(Map.of()).gateway().doors()).containsExactlyInAnyOrder(GatewayKind.values());
        assertThat(bind(Map.of("tongmai.gateway.doors", "open,user")).gateway().doors())
                .containsExactlyInAnyOrder(GatewayKind.OPEN, GatewayKind.USER);
        assertThat(bind(Map.of("tongmai.gateway.doors", "")).gateway().doors()).isEmpty();
    }

    @Test
    void a_door_that_is_closed_has_no_port_and_one_has_its_own_address_or_that_of_all() {
        TongmaiSettings dmz = bind(Map.of(
                "tongmai.gateway.doors", "open",
                "tongmai.gateway.host", "10.0.0.7",
                "tongmai.gateway.hosts.open", "192.0.2.7"));

        assertThat(dmz.ports().listening(SamplePresence.ABSENT, dmz.gateway().doors()))
                .containsKeys("tongmai.ports.http", "tongmai.ports.gateway-open")
                .doesNotContainKeys("tongmai.ports.gateway-bus", "tongmai.ports.gateway-user");
        assertThat(dmz.gateway().host(GatewayKind.OPEN)).isEqualTo("192.0.2.7");
        assertThat(dmz.gateway().host(GatewayKind.BUS)).isEqualTo("10.0.0.7");
    }

    @Test
    void what_can_be_read_on_the_way_is_known(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("k.p12"), "").toString();

        assertThat(bind(Map.of()).console().isReadableOnTheWay()).isTrue();
        assertThat(bind(Map.of("tongmai.console.host", "0.0.0.0")).console().isReadableOnTheWay())
                .isTrue();
        assertThat(bind(Map.of("tongmai.console.host", "127.0.0.1")).console().isReadableOnTheWay())
                .isFalse();
        assertThat(bind(Map.of("tongmai.console.host", "::1")).console().isReadableOnTheWay())
                .isFalse();
        assertThat(bind(Map.of("tongmai.console.tls-key-store", file)).console().isReadableOnTheWay())
                .isFalse();
    }

    private static TongmaiSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("tongmai", TongmaiSettings.class);
    }
}

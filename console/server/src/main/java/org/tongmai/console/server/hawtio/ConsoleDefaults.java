package org.tongmai.console.server.hawtio;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The Spring settings this module needs, below everything an installation sets itself. */
public final class ConsoleDefaults implements EnvironmentPostProcessor {
    // Requests to other JVMs and notifications pass by the restrictor; the history would keep what somebody else read.
    private static final String DISABLED_JOLOKIA_SERVICES = String.join(
            ",",
            "org.jolokia.service.jsr160.Jsr160RequestHandler",
            "org.jolokia.service.notif.pull.PullNotificationBackend",
            "org.jolokia.service.notif.sse.SseNotificationBackend",
            "org.jolokia.service.history.HistoryMBeanRequestInterceptor",
            "org.jolokia.service.discovery.JolokiaDiscovery",
            "org.jolokia.service.discovery.DiscoveryMulticastResponder");

    // Not streamed: an answer that can not be written whole is a failure, not half an answer with status 200.
    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("hawtio.authenticationEnabled", "false"),
            Map.entry("hawtio.disableProxy", "true"),
            Map.entry("spring.jmx.enabled", "true"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,metrics,hawtio,jolokia"),
            Map.entry("management.endpoints.jmx.exposure.exclude", "*"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-details", "when-authorized"),
            Map.entry("management.endpoint.health.show-components", "when-authorized"),
            Map.entry("management.endpoint.health.group.readiness.show-details", "never"),
            Map.entry("management.endpoint.health.group.readiness.show-components", "never"),
            Map.entry("management.endpoint.health.group.liveness.show-details", "never"),
            Map.entry("management.endpoint.jolokia.config.allowErrorDetails", "false"),
            Map.entry("management.endpoint.jolokia.config.includeStackTrace", "false"),
            Map.entry("management.endpoint.jolokia.config.serializeException", "false"),
            Map.entry("management.endpoint.jolokia.config.streaming", "false"),
            Map.entry("management.endpoint.jolokia.config.allowDnsReverseLookup", "false"),
            Map.entry("management.endpoint.jolokia.config.discoveryEnabled", "false"),
            Map.entry("management.endpoint.jolokia.config.disabledServices", DISABLED_JOLOKIA_SERVICES),
            Map.entry("server.servlet.session.cookie.http-only", "true"),
            Map.entry("server.servlet.session.tracking-modes", "cookie"),
            Map.entry("server.error.include-message", "never"),
            Map.entry("server.error.include-stacktrace", "never"),
            Map.entry("server.error.include-path", "never"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("tongmai-console-defaults", SETTINGS));
    }
}

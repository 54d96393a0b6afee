package org.tongmai.console.app.start;

import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.server.ConsoleServerConfiguration;

/** Joins the parts: what {@link EarlyStart} begun, then what works with it. */
@Configuration(proxyBeanMethods = false)
@Import({
    CamelConfiguration.class,
    DatabaseConfiguration.class,
    BrokerConfiguration.class,
    TerminologyConfiguration.class,
    EngineConfiguration.class,
    AuditLogConfiguration.class,
    PatientIndexConfiguration.class,
    BundleConfiguration.class,
    GatewayConfiguration.class,
    SandboxConfiguration.class,
    ConsoleServerConfiguration.class
})
public class PlatformConfiguration {
    /** The ports with the offset applied. */
    @Bean
    PortSettings ports(BegunEarly begun) {
        return begun.ports();
    }

    @Bean(destroyMethod = "")
    DataDirectory dataDirectory(BegunEarly begun) {
        return begun.data();
    }

    /** Runs after Boot's own customizer, so that the offset counts here too. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> httpPort(PortSettings ports) {
        return factory -> factory.setPort(ports.http());
    }
}

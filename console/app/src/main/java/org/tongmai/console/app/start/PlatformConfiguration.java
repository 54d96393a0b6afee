package org.tongmai.console.app.start;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
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
    HttpDoorConfiguration.class,
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
}

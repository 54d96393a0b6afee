package org.tongmai.console.app.start;

import java.util.List;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.tongmai.console.app.AppError;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.console.server.ConsoleServerConfiguration;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Joins the parts: settings first, then the data directory, then what lives in it. */
@Configuration(proxyBeanMethods = false)
@Import({
    CamelConfiguration.class,
    DatabaseConfiguration.class,
    BrokerConfiguration.class,
    TerminologyConfiguration.class,
    EngineConfiguration.class,
    PatientIndexConfiguration.class,
    BundleConfiguration.class,
    SandboxConfiguration.class,
    ConsoleServerConfiguration.class
})
public class PlatformConfiguration {
    /** The ports with the offset applied; their bean exists only when the settings are valid and the ports free. */
    @Bean
    PortSettings ports(TongmaiSettings settings) {
        List<String> violations = settings.violations();
        if (!violations.isEmpty()) {
            throw new CodedException(
                    violations.stream()
                            .map(violation -> Issue.of(AppError.SETTINGS_INVALID, "", violation))
                            .toList(),
                    null);
        }
        FreePorts.check(settings.ports()
                .listening(
                        settings.sample().enabled()
                                ? PortSettings.SamplePresence.RUNNING
                                : PortSettings.SamplePresence.ABSENT));
        return settings.ports().shifted();
    }

    @Bean
    DataDirectory dataDirectory(TongmaiSettings settings, PortSettings ports) {
        return DataDirectory.open(settings.dataDirectory());
    }

    /** Runs after Boot's own customizer, so that the offset counts here too. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> httpPort(PortSettings ports) {
        return factory -> factory.setPort(ports.http());
    }
}

package org.tongmai.console.app.start;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.tongmai.console.app.settings.PortSettings;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.standards.exchange.TrustedProxies;

/** The one port of console, API and FHIR. */
@Configuration(proxyBeanMethods = false)
class HttpDoorConfiguration {
    /** Runs after Boot's own customizer, so that the offset counts here too. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> httpDoor(PortSettings ports, TongmaiSettings settings) {
        TrustedProxies proxies = TrustedProxies.of(settings.console().trustedProxies());
        return factory -> {
            factory.setPort(ports.http());
            factory.addEngineValves(new ForwardedCaller(proxies));
        };
    }
}

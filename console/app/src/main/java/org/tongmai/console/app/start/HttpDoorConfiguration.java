package org.tongmai.console.app.start;

import java.nio.file.Path;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.tongmai.console.app.settings.ConsoleAccessSettings;
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
        ConsoleAccessSettings console = settings.console();
        TrustedProxies proxies = TrustedProxies.of(console.trustedProxies());
        return factory -> {
            factory.setPort(ports.http());
            console.address().ifPresent(factory::setAddress);
            if (!console.tlsKeyStore().isEmpty()) {
                factory.setSsl(tls(console));
            }
            factory.addEngineValves(new ForwardedCaller(proxies), new BodiesUnderWay(BodiesUnderWay.Limits.USUAL));
        };
    }

    private static Ssl tls(ConsoleAccessSettings console) {
        Ssl tls = new Ssl();
        tls.setKeyStore("file:" + Path.of(console.tlsKeyStore()).toAbsolutePath());
        tls.setKeyStoreType("PKCS12");
        tls.setKeyStorePassword(
                Secret.firstLineOf(console.tlsKeyStorePasswordFile(), "tongmai.console.tls-key-store-password-file"));
        tls.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        return tls;
    }
}

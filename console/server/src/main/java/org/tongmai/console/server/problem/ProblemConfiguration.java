package org.tongmai.console.server.problem;

import java.time.Duration;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.tongmai.console.server.ConsoleError;

/** Every refusal has a code, whichever layer it comes from: controllers, filters, the firewall, the container. */
@Configuration(proxyBeanMethods = false)
public class ProblemConfiguration {
    /**
     * What Tomcat takes in an address besides what RFC 3986 allows: FHIR's token searches are written with {@code |} and
     * many clients send it as it is; of the others nothing is known yet when Tomcat refuses them, not even the place.
     */
    private static final String ALSO_IN_ADDRESSES = "\"<>[\\]^`{|}";

    /** How long a body may stop coming: each such request holds a thread of the server. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    LastProblem lastProblem() {
        return new LastProblem();
    }

    /** What Spring Security's firewall refuses. */
    @Bean
    RequestRejectedHandler rejected() {
        return (request, response, rejection) -> ProblemWriter.write(request, response, ConsoleError.BAD_REQUEST);
    }

    /** After Boot's own, whose error report would come first otherwise. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerRefusals() {
        return factory -> {
            factory.addContextCustomizers(
                    context -> context.getParent().getPipeline().addValve(new ContainerRefusals()));
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("relaxedQueryChars", ALSO_IN_ADDRESSES);
                connector.setProperty("relaxedPathChars", ALSO_IN_ADDRESSES);
                connector.setProperty("disableUploadTimeout", "false");
                connector.setProperty("connectionUploadTimeout", Long.toString(LONGEST_SILENCE.toMillis()));
            });
        };
    }
}

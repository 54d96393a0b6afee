package org.tongmai.console.app.start;

import org.apache.camel.CamelContext;
import org.apache.camel.ContextEvents;
import org.apache.camel.spi.StartupConditionStrategy;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.spi.CamelBeanPostProcessor;
import org.apache.camel.support.ResetableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Camel, as its auto-configuration makes it, with our own context class. */
@Configuration(proxyBeanMethods = false)
class CamelConfiguration {
    @Bean(destroyMethod = "")
    CamelContext camelContext(
            ApplicationContext spring,
            CamelConfigurationProperties properties,
            CamelBeanPostProcessor beans,
            StartupConditionStrategy startup)
            throws Exception { // as Camel declares it
        CamelSpringBootApplicationController controller = new CamelSpringBootApplicationController(spring);
        CamelContext context = new ManyRoutesContext(spring, controller);
        context.getClock().add(ContextEvents.BOOT, new ResetableClock());
        controller.setCamelContext(context);
        beans.setCamelContext(context);
        context.getCamelContextExtension().addContextPlugin(CamelBeanPostProcessor.class, beans);
        context.getCamelContextExtension().addContextPlugin(StartupConditionStrategy.class, startup);
        return CamelAutoConfiguration.doConfigureCamelContext(spring, context, properties, controller);
    }
}

package org.tongmai.console.app.start;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine, the adapters it finds as kamelets and beans, and the bundles it runs. */
@Configuration(proxyBeanMethods = false)
class BundleConfiguration {
    @Bean
    StartNotice startNotice(DataDirectory data, org.tongmai.console.app.settings.PortSettings ports) {
        return new StartNotice(data, ports);
    }
}

package org.tongmai.console.server.jolokia;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the table in front of Jolokia, which takes the one {@code Restrictor} of the context. */
@Configuration(proxyBeanMethods = false)
public class JolokiaConfiguration {
    @Bean
    RoleRestrictor roleRestrictor(OperationRecords records) {
        return new RoleRestrictor(OperationRules.shipped(), records);
    }
}

package org.tongmai.console.server.audit;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.tongmai.routes.engine.audit.AuditLog;

/** Puts the records before and after what is done. */
@Configuration(proxyBeanMethods = false)
public class AuditConfiguration {
    @Bean
    Acts acts(AuditLog log) {
        return new Acts(log);
    }

    @Bean
    FilterRegistrationBean<ActFilter> actFilter(Acts acts) {
        FilterRegistrationBean<ActFilter> registration = new FilterRegistrationBean<>(new ActFilter(acts));
        registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return registration;
    }

    @Bean
    WebMvcConfigurer actsBegun(Acts acts) {
        ActInterceptor interceptor = new ActInterceptor(new AuditedAddresses(), acts);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(interceptor).addPathPatterns("/api/**", "/own/**");
            }
        };
    }

    @Bean
    ActDetail actDetail(Acts acts) {
        return new ActDetail(acts);
    }

    @Bean(destroyMethod = "close")
    FloodRecords floodRecords(Acts acts) {
        return new FloodRecords(acts, InstantSource.system());
    }

    @Bean
    SignInRecords signInRecords(Acts acts, FloodRecords floods) {
        return new SignInRecords(acts, floods);
    }

    @Bean
    ManagementRecords managementRecords(Acts acts) {
        return new ManagementRecords(acts);
    }
}

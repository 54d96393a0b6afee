package org.tongmai.console.server.hawtio;

import io.hawt.springboot.HawtioPlugin;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers our pages with Hawtio and tells it who is logged in. Hawtio's own login is off
 * ({@code hawtio.authenticationEnabled=false}): Spring Security stands in front of every path of it.
 */
@Configuration(proxyBeanMethods = false)
public class HawtioConfiguration {
    static final String HAWTIO = "/actuator/hawtio";
    private static final int AFTER_SPRING_SECURITY = 0;

    @Bean
    HawtioPlugin tongmaiPages() {
        HawtioPlugin plugin = new HawtioPlugin("tongmai", "./plugin", "/plugins/tongmai");
        plugin.setRemoteEntryFileName("remoteEntry.js");
        return plugin;
    }

    /** Without its own login Hawtio calls everybody "public"; this answers with the account's name. */
    @Bean
    FilterRegistrationBean<Filter> whoIsLoggedIn() {
        Filter filter = (request, response, chain) -> {
            String name = ((HttpServletRequest) request).getRemoteUser();
            if (name == null) {
                chain.doFilter(request, response);
                return;
            }
            answer(response, name);
        };
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(HAWTIO + "/user", HAWTIO + "/user/*");
        registration.setOrder(AFTER_SPRING_SECURITY);
        return registration;
    }

    private static void answer(jakarta.servlet.ServletResponse response, String name) throws IOException {
        response.setContentType("application/json");
        // Account names are [a-z0-9._-]: nothing to escape.
        response.getOutputStream().write(('"' + name + '"').getBytes(StandardCharsets.UTF_8));
    }

    @Bean
    HawtioAppearance hawtioAppearance() {
        return new HawtioAppearance();
    }
}

package org.tongmai.console.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The platform's web server as its properties have it, without the platform. */
class WebServerPropertiesIT {
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        EmbeddedWebServerFactoryCustomizerAutoConfiguration.class
    })
    static class Door {
        @Bean
        ServletRegistrationBean<HttpServlet> said() {
            HttpServlet servlet = new HttpServlet() {
                private static final long serialVersionUID = 1L;

                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    if (request.getRequestURI().equals("/away")) {
                        response.sendRedirect("/login");
                        return;
                    }
                    response.getWriter().print(request.getRemoteAddr() + " " + request.getRequestURL());
                }
            };
            return new ServletRegistrationBean<>(servlet, "/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "cloud_foundry", "azure_app_service"})
    void no_cloud_around_it_has_it_believe_who_says_for_whom_he_calls(String cloud) throws Exception {
        try (ServletWebServerApplicationContext server = started("--spring.main.cloud-platform=" + cloud)) {
            assertThat(answer(server, "/").body())
                    .isEqualTo("127.0.0.1 http://127.0.0.1:"
                            + server.getWebServer().getPort() + "/");
        }
    }

    @Test
    void where_to_go_on_is_said_without_the_host_that_the_caller_named() throws Exception {
        try (ServletWebServerApplicationContext server = started()) {
            assertThat(answer(server, "/away").headers().firstValue("Location")).contains("/login");
        }
    }

    private static ServletWebServerApplicationContext started(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.jmx.enabled=false"));
        arguments.addAll(List.of(more));
        return (ServletWebServerApplicationContext) SpringApplication.run(Door.class, arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> answer(ServletWebServerApplicationContext server, String path)
            throws Exception {
        HttpRequest forged = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path))
                .header("X-Forwarded-For", "203.0.113.99")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "evil.example")
                .build();
        return HttpClient.newHttpClient().send(forged, BodyHandlers.ofString());
    }
}

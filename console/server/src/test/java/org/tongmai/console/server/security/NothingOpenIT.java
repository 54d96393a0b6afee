package org.tongmai.console.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.tongmai.console.server.sample.Browser;
import org.tongmai.console.server.sample.RunningConsole;

/** Whatever answers requests is found, and asked without a login. */
class NothingOpenIT {
    /** All that whoever comes may ask for. */
    private static final Set<String> OPEN = Set.of(
            "GET /login",
            "GET /login.css",
            "GET /favicon.ico",
            "GET /actuator/health/liveness",
            "GET /actuator/health/readiness");

    private final RunningConsole console = RunningConsole.shared();
    private final Browser nobody = new Browser(console);

    /** Method and address of all handlers, their variables filled in. */
    private Set<String> addresses() {
        Set<String> found = new TreeSet<>(OPEN);
        console.context()
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()
                .forEach(mapping -> mapping.getHandlerMethods().keySet().forEach(info -> add(info, found)));
        console.context()
                .getBeansOfType(AbstractUrlHandlerMapping.class)
                .values()
                .forEach(mapping ->
                        mapping.getHandlerMap().keySet().forEach(pattern -> found.add("GET " + written(pattern))));
        console.bean(ServletContext.class).getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                .filter(pattern -> !pattern.equals("/"))
                .forEach(pattern -> found.addAll(Set.of("GET " + written(pattern), "POST " + written(pattern))));
        return found;
    }

    private static void add(RequestMappingInfo info, Set<String> found) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (String pattern : info.getPatternValues()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                found.add(method + " " + written(pattern));
            }
        }
    }

    private static String written(String pattern) {
        return pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x").replace("*", "x");
    }

    private int status(String address) {
        String[] words = address.split(" ");
        return nobody.send(HttpRequest.newBuilder(console.uri(words[1]))
                        .header("X-XSRF-TOKEN", nobody.cookie("XSRF-TOKEN"))
                        .header("Accept", "application/json")
                        .method(
                                words[0],
                                words[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")))
                .statusCode();
    }

    @Test
    void nothing_but_what_is_listed_answers_who_is_not_logged_in() {
        nobody.page("/login"); // for the token: a change is not to be refused for the want of it
        Set<String> addresses = addresses();
        assertThat(addresses)
                .hasSizeGreaterThan(100)
                .contains(
                        "POST /api/accounts/x/roles",
                        "POST /own/password",
                        "GET /api/audit",
                        "POST /api/gateway/rules",
                        "PUT /api/tenants/x",
                        "GET /actuator/jolokia/x");
        Set<String> answered = addresses.stream()
                .filter(address -> status(address) != 401)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(answered).isEqualTo(new TreeSet<>(OPEN));
    }

    @Test
    void a_page_leads_to_the_login_and_shows_nothing() {
        HttpResponse<String> page = nobody.page("/own/password");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(Browser.location(page)).endsWith("/login");
        assertThat(page.body()).isEmpty();
    }
}

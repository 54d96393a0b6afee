package org.tongmai.console.server.security;

import static org.tongmai.console.server.account.Role.ADMINISTRATOR;
import static org.tongmai.console.server.account.Role.AUDIT_ADMINISTRATOR;
import static org.tongmai.console.server.account.Role.ENGINEER;
import static org.tongmai.console.server.account.Role.OPERATOR;
import static org.tongmai.console.server.account.Role.SECURITY_ADMINISTRATOR;
import static org.tongmai.console.server.account.Role.SENDER;
import static org.tongmai.console.server.account.Role.SERVICE;
import static org.tongmai.console.server.account.Role.VIEWER;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.boot.web.servlet.server.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.LoginDetails;
import org.tongmai.console.server.account.Role;
import org.tongmai.console.server.account.Sessions;
import org.tongmai.console.server.account.SignedIn;
import org.tongmai.console.server.account.Standings;

/**
 * Two doors and one table of who may what. What is not named in it needs a login; what is an actuator endpoint and not
 * named is for administrators.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SecurityConfiguration {
    // The pages of Hawtio bring their own, looser policy for styles; scripts are ours alone everywhere.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'"
            + " 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; object-src"
            + " 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";
    private static final int SESSIONS_OF_ONE_ACCOUNT = 100;

    /** What both doors ask: who it is, how a refusal is answered, whether a login still counts. */
    record Doors(AuthenticationProvider accounts, SecurityAnswers answers, StandingFilter standing, Sessions sessions) {
        /** Of a logout; never fails. */
        void forget(HttpServletRequest request, HttpServletResponse response, Authentication who) {
            if (who != null && who.getPrincipal() instanceof SignedIn login && login.session() != null) {
                sessions.forget(login.session());
            }
        }
    }

    @Bean
    Doors loginDoors(
            AuthenticationProvider accounts, Standings standings, Sessions sessions, ConsoleSettings settings) {
        return new Doors(
                accounts,
                new SecurityAnswers(),
                new StandingFilter(standings, sessions, settings.rules().sessionLife()),
                sessions);
    }

    /** Machines: a password with every request, no session, no cookie; so nothing that another site could use. */
    @Bean
    @Order(1)
    SecurityFilterChain machines(HttpSecurity http, Doors doors) throws Exception {
        SecurityAnswers answers = doors.answers();
        http.securityMatcher(SecurityConfiguration::isMachine)
                .authenticationManager(new ProviderManager(doors.accounts()))
                .authorizeHttpRequests(SecurityConfiguration::whoMayWhat)
                .addFilterBefore(doors.standing(), AuthorizationFilter.class)
                .httpBasic(basic ->
                        basic.authenticationEntryPoint(answers).authenticationDetailsSource(LoginDetails::ofBasic))
                .exceptionHandling(
                        failed -> failed.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .headers(SecurityConfiguration::headers);
        return http.build();
    }

    /** People: a login page, a session, and a token against forged requests. */
    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, Doors doors, SessionRegistry sessions, LogoutHandler logouts)
            throws Exception {
        SecurityAnswers answers = doors.answers();
        http.authenticationManager(new ProviderManager(doors.accounts()))
                .authorizeHttpRequests(SecurityConfiguration::whoMayWhat)
                .addFilterBefore(doors.standing(), AuthorizationFilter.class)
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(LoginDetails::ofForm)
                        .defaultSuccessUrl("/", false)
                        .failureHandler(SecurityAnswers::loginFailed)
                        .permitAll())
                .logout(logout -> logout.addLogoutHandler(logouts)
                        .addLogoutHandler(doors::forget)
                        .logoutSuccessUrl("/login?logout")
                        .permitAll())
                .requestCache(cache -> cache.requestCache(new PageRequestCache()))
                .exceptionHandling(
                        failed -> failed.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .sessionManagement(session -> session.sessionFixation(fix -> fix.changeSessionId())
                        .maximumSessions(SESSIONS_OF_ONE_ACCOUNT)
                        .sessionRegistry(sessions)
                        .expiredSessionStrategy(answers))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()).csrfTokenRequestHandler(new SinglePageCsrf()))
                .headers(SecurityConfiguration::headers);
        return http.build();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesAsSent() {
        return factory -> factory.addEngineValves(new BodiesAsSent());
    }

    private static void whoMayWhat(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry who) {
        // What the container makes of a failure; nobody asks for it by its address.
        who.dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers("/actuator/health/readiness", "/actuator/health/liveness")
                .permitAll()
                .requestMatchers("/login", "/login.css", "/favicon.ico")
                .permitAll()
                // Hawtio's proxy would let one browser reach other hosts from inside the network.
                .requestMatchers("/actuator/hawtio/proxy/**")
                .denyAll()
                .requestMatchers("/actuator/hawtio/**", "/actuator/hawtio", "/actuator/jolokia/**", "/actuator/jolokia")
                .hasRole(VIEWER.name())
                .requestMatchers(HttpMethod.GET, "/actuator", "/actuator/health/**", "/actuator/info")
                .hasAnyRole(names(VIEWER, SERVICE))
                .requestMatchers(HttpMethod.GET, "/actuator/metrics/**", "/actuator/prometheus")
                .hasAnyRole(names(VIEWER, SERVICE))
                .requestMatchers("/actuator/**")
                .hasRole(ADMINISTRATOR.name());
        whoMayWhatOfBundles(who);
        whoMayWhatOfTheApi(who);
        who.requestMatchers(HttpMethod.GET, "/fhir/metadata")
                .authenticated()
                // What is asked for by POST changes nothing.
                .requestMatchers(HttpMethod.POST, "/fhir/*/_search", "/fhir/*/$*", "/fhir/*/*/$validate")
                .hasAnyRole(names(OPERATOR, SERVICE))
                .requestMatchers(HttpMethod.GET, "/fhir/**")
                .hasAnyRole(names(OPERATOR, SERVICE))
                .requestMatchers(HttpMethod.HEAD, "/fhir/**")
                .hasAnyRole(names(OPERATOR, SERVICE))
                .requestMatchers("/fhir/**")
                .hasRole(SENDER.name())
                .anyRequest()
                .authenticated();
    }

    private static void whoMayWhatOfBundles(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry who) {
        who.requestMatchers(HttpMethod.POST, "/api/messages/*/as-test", "/api/bundles/diff")
                .hasRole(ENGINEER.name())
                .requestMatchers(HttpMethod.POST, "/api/bundles/*/stop", "/api/bundles/*/start")
                .hasRole(OPERATOR.name())
                .requestMatchers(HttpMethod.POST, "/api/bundles", "/api/bundles/**")
                .hasRole(ADMINISTRATOR.name())
                .requestMatchers(HttpMethod.PUT, "/api/tenants/**")
                .hasRole(ADMINISTRATOR.name())
                .requestMatchers(HttpMethod.GET, "/api/gateway/**")
                .hasAnyRole(names(VIEWER, SERVICE))
                // Who may call what.
                .requestMatchers("/api/gateway/**")
                .hasRole(SECURITY_ADMINISTRATOR.name());
    }

    private static void whoMayWhatOfTheApi(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry who) {
        who.requestMatchers("/api/session/**", "/api/session")
                .authenticated()
                .requestMatchers("/api/audit/**", "/api/audit")
                .hasRole(AUDIT_ADMINISTRATOR.name())
                .requestMatchers("/api/accounts/**", "/api/accounts")
                .hasRole(SECURITY_ADMINISTRATOR.name())
                .requestMatchers(HttpMethod.GET, "/api/messages/*/raw")
                .hasAnyRole(names(OPERATOR, SERVICE))
                .requestMatchers(HttpMethod.GET, "/api/journal/stats", "/api/messages", "/api/messages/*")
                .hasAnyRole(names(VIEWER, SERVICE))
                .requestMatchers(HttpMethod.GET, "/api/convert", "/api/documents/types")
                .hasAnyRole(names(VIEWER, SERVICE))
                .requestMatchers("/api/convert/**", "/api/documents/**", "/api/documents")
                .hasAnyRole(names(OPERATOR, SERVICE))
                // Codes as senders write them, and what they are to mean.
                .requestMatchers("/api/terminology/unmapped/**", "/api/terminology/unmapped")
                .hasRole(ENGINEER.name())
                .requestMatchers(HttpMethod.POST, "/api/terminology/**")
                .hasRole(ENGINEER.name())
                .requestMatchers(HttpMethod.GET, "/api/**")
                .hasAnyRole(names(VIEWER, SERVICE))
                .requestMatchers("/api/patient-index/rebuild")
                .hasRole(ADMINISTRATOR.name())
                .requestMatchers("/api/**")
                .hasRole(OPERATOR.name());
    }

    private static String[] names(Role... roles) {
        return java.util.Arrays.stream(roles).map(Role::name).toArray(String[]::new);
    }

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
        cookie.setCookieCustomizer(c -> c.sameSite("Strict").path("/"));
        return cookie;
    }

    /**
     * A request that brings its own password and was not made by a browser's page. A browser that was asked for the
     * password sends it from other sites' pages too; it then says so in Origin, and over plain HTTP in nothing else.
     */
    private static boolean isMachine(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        String path = request.getServletPath();
        boolean page = path.equals("/login") || path.startsWith("/own/"); // for people, whatever comes with the request
        return !page
                && authorization != null
                && authorization.regionMatches(true, 0, "Basic ", 0, 6)
                && request.getHeader("Sec-Fetch-Site") == null
                && request.getHeader("Origin") == null;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(frame -> frame.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .contentTypeOptions(Customizer.withDefaults())
                .permissionsPolicyHeader(policy -> policy.policy("camera=(), microphone=(), geolocation=()"));
    }

    @Bean
    Pages loginPages() {
        return new Pages();
    }

    @Bean
    LoginPage loginPage(Pages pages) {
        return new LoginPage(pages);
    }

    /** How long a session lasts that nobody uses. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> idleSessions(ConsoleSettings settings) {
        return factory -> factory.getSession().setTimeout(settings.rules().sessionIdle());
    }

    @Bean
    CookieSameSiteSupplier sessionCookieSameSite() {
        return CookieSameSiteSupplier.ofStrict();
    }

    @Bean
    ServletListenerRegistrationBean<HttpSessionEventPublisher> sessionEvents() {
        return new ServletListenerRegistrationBean<>(new HttpSessionEventPublisher());
    }
}

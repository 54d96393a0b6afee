package org.tongmai.console.app.start;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.ProblemJson;
import org.tongmai.standards.exchange.TrustedProxies;

/**
 * Everything behind it sees who calls, where a trusted proxy stands between. By the definition that the gateways have, which
 * Tomcat's RemoteIpValve has not: that passes over what it can not read.
 */
final class ForwardedCaller extends ValveBase {
    private static final String PROTOCOL_FIELD = "X-Forwarded-Proto";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final TrustedProxies proxies;

    ForwardedCaller(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (proxies.trusts(request.getRemoteAddr())) {
            Optional<String> caller = proxies.caller(request.getRemoteAddr(), fields(request, TrustedProxies.FIELD));
            if (caller.isEmpty()) {
                refuse(response);
                return;
            }
            if (fields(request, PROTOCOL_FIELD).equals(List.of("https"))) {
                cameByHttps(request);
            }
            request.setRemoteAddr(caller.get());
            request.setRemoteHost(caller.get());
        }
        getNext().invoke(request, response);
    }

    private static List<String> fields(Request request, String name) {
        return Collections.list(request.getHeaders(name));
    }

    /** So cookies are for https alone, and links and Strict-Transport-Security as the browser needs them. */
    private static void cameByHttps(Request request) {
        request.setSecure(true);
        request.getCoyoteRequest().scheme().setString("https");
        if (request.getServerPort() == HTTP_PORT) {
            request.setServerPort(HTTPS_PORT);
        }
    }

    private static void refuse(Response response) throws IOException {
        int status = ConsoleError.CALLER_UNREADABLE.wire().httpStatus();
        response.setStatus(status);
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.getOutputStream().write(ProblemJson.of(ConsoleError.CALLER_UNREADABLE, status));
    }
}

package org.tongmai.console.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Records that a request is about to be done, when it is known what it is and that it is allowed; refuses it otherwise. */
final class ActInterceptor implements HandlerInterceptor {
    private final AuditedAddresses addresses;
    private final Acts acts;

    ActInterceptor(AuditedAddresses addresses, Acts acts) {
        this.addresses = addresses;
        this.acts = acts;
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (Act.kept(request) != null) {
            return true; // dispatched again
        }
        String template = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        Optional<AuditedAddresses.Row> row = addresses.find(request.getMethod(), template);
        if (row.isEmpty()) {
            Act.leaveOut(request);
            return true;
        }
        var variables = (Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        String object = Act.written(template, variables == null ? Map.of() : variables, row.get());
        Act act = Act.of(request, row.get(), object);
        acts.before(act.begun(request));
        act.keep(request);
        return true;
    }
}

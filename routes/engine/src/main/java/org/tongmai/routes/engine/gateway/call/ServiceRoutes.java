package org.tongmai.routes.engine.gateway.call;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.support.DefaultExchange;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.TransportTemplate;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Makes a Camel route of a service's transport: an instance of the route template {@code service-<kind>}. A transport that
 * stays the same keeps its route.
 */
public final class ServiceRoutes {
    private final CamelContext context;
    private final RouteTemplates templates;

    public ServiceRoutes(CamelContext context) {
        this.context = context;
        this.templates = new RouteTemplates(context, "service-");
    }

    /** The kinds of transport there are templates for. */
    public List<TransportKind> kinds() {
        return templates.kinds();
    }

    /** The same for people, by name. */
    public List<TransportTemplate> described() {
        return templates.described();
    }

    /** The name of the route a service's transport gets; the same transport, the same name. */
    public static String name(Service service) {
        String text =
                service.transport().kind() + new TreeMap<>(service.transport().parameters());
        String digest = Sm3.hex(text.getBytes(StandardCharsets.UTF_8));
        return "service." + service.id() + "." + digest.substring(0, 12);
    }

    /**
     * Starts the route.
     *
     * @throws CodedException {@link GatewayError#ROUTE_NOT_STARTED}; then nothing of it is left
     */
    public Carrier start(Service service) {
        String name = name(service);
        try {
            Map<String, String> parameters = new HashMap<>(service.transport().parameters());
            service.transport().targets().stream().limit(1).forEach(target -> parameters.put("url", target.url()));
            templates.start(name, service.transport().kind(), parameters);
            Endpoint entry = context.getEndpoint("direct:" + name + "?block=false");
            AsyncProducer producer = entry.createAsyncProducer();
            producer.start();
            return carrier(service, new RouteCarrier(context, producer, new Presence()));
        } catch (Exception e) { // whatever a component throws at start
            remove(name);
            throw new CodedException(Issue.of(GatewayError.ROUTE_NOT_STARTED, service.id(), why(e)), e);
        }
    }

    /** What one of ours says; of others kind and place. */
    private static String why(Exception failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return coded.getMessage();
            }
        }
        return FailureFacts.place(failure);
    }

    /**
     * A template with the parameters {@code threads} and {@code waiting} has steps that wait; with {@code waitsWhen} too, only
     * where the flag of that name is true.
     */
    private Carrier carrier(Service service, Carrier route) {
        Map<String, String> defaults = templates.defaults(service.transport().kind());
        String flag = defaults.get("waitsWhen");
        boolean waits = defaults.containsKey("threads")
                && (flag == null
                        || service.transport()
                                .parameters()
                                .getOrDefault(flag, defaults.get(flag))
                                .equals("true"));
        if (!waits) {
            return route;
        }
        int threads = Integer.parseInt(defaults.get("threads"));
        return new WaitingCarrier(service.id(), route, threads, Integer.parseInt(defaults.get("waiting")));
    }

    /** Removes a route nobody calls any more. */
    public void remove(String name) {
        templates.remove(name);
    }

    private record RouteCarrier(CamelContext context, AsyncProducer producer, Presence presence) implements Carrier {
        @Override
        public void carry(HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
            Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
            exchange.getIn().setBody(call);
            exchange.setProperty(ExchangeNames.TIME_LIMIT, milliseconds);
            // Here, and not in the adapters: in a route of a bundle nobody took these fields from the caller.
            call.fields()
                    .first("x-tongmai-trace")
                    .ifPresent(trace -> exchange.setProperty(ExchangeNames.CALL_TRACE, trace));
            call.fields()
                    .first("x-tongmai-application")
                    .ifPresent(caller -> exchange.setProperty(ExchangeNames.CALL_APPLICATION, caller));
            if (!url.isEmpty()) {
                exchange.getIn().setHeader(Exchange.HTTP_URI, url);
            }
            producer.process(exchange, doneSync -> {
                Throwable failure = exchange.getException();
                HttpAnswer answer = exchange.getMessage().getBody() instanceof HttpAnswer found ? found : null;
                if (failure == null && answer != null) {
                    done.accept(answer, null);
                    return;
                }
                if (answer != null) {
                    answer.content().close(); // a step behind the call failed
                }
                done.accept(null, failure == null ? new IllegalStateException("no HTTP answer") : failure);
            });
        }
    }
}

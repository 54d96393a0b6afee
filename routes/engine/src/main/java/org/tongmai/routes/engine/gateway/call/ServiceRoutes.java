package org.tongmai.routes.engine.gateway.call;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.GatewayError;
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
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRoutes.class);
    private static final String TEMPLATE = "service-";
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final CamelContext context;

    public ServiceRoutes(CamelContext context) {
        this.context = context;
    }

    /** The kinds of transport there are templates for. */
    public List<TransportKind> kinds() {
        List<TransportKind> kinds = new ArrayList<>();
        for (RouteTemplateDefinition template : ((ModelCamelContext) context).getRouteTemplateDefinitions()) {
            if (template.getId().startsWith(TEMPLATE)) {
                Set<String> all = new HashSet<>();
                Set<String> required = new HashSet<>();
                Set<String> flags = new HashSet<>();
                for (RouteTemplateParameterDefinition parameter : template.getTemplateParameters()) {
                    all.add(parameter.getName());
                    if (parameter.getDefaultValue() == null) {
                        required.add(parameter.getName());
                    } else if (FLAGS.contains(parameter.getDefaultValue())) {
                        flags.add(parameter.getName());
                    }
                }
                kinds.add(new TransportKind(template.getId().substring(TEMPLATE.length()), all, required, flags));
            }
        }
        return kinds;
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
            TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(
                            context, TEMPLATE + service.transport().kind())
                    .routeId(name)
                    .parameter("entry", name);
            service.transport().targets().stream().limit(1).forEach(target -> route.parameter("url", target.url()));
            for (Map.Entry<String, String> each :
                    service.transport().parameters().entrySet()) {
                route.parameter(each.getKey(), each.getValue());
            }
            route.add();
            Endpoint entry = context.getEndpoint("direct:" + name + "?block=false");
            AsyncProducer producer = entry.createAsyncProducer();
            producer.start();
            return carrier(service, new RouteCarrier(context, producer, new Presence()));
        } catch (Exception e) { // whatever a component throws at start
            remove(name);
            throw new CodedException(Issue.of(GatewayError.ROUTE_NOT_STARTED, service.id(), FailureFacts.place(e)), e);
        }
    }

    /** A template with the parameters {@code threads} and {@code waiting} has steps that wait. */
    private Carrier carrier(Service service, Carrier route) {
        Map<String, String> defaults = new TreeMap<>();
        ((ModelCamelContext) context)
                .getRouteTemplateDefinition(TEMPLATE + service.transport().kind())
                .getTemplateParameters()
                .forEach(each ->
                        defaults.put(each.getName(), each.getDefaultValue() == null ? "" : each.getDefaultValue()));
        if (!defaults.containsKey("threads")) {
            return route;
        }
        int threads = Integer.parseInt(defaults.get("threads"));
        return new WaitingCarrier(service.id(), route, threads, Integer.parseInt(defaults.get("waiting")));
    }

    /** Removes a route nobody calls any more. */
    public void remove(String name) {
        try {
            ModelCamelContext model = (ModelCamelContext) context;
            for (String id : context.getRoutes().stream()
                    .map(org.apache.camel.Route::getId)
                    .filter(id -> id.equals(name) || id.startsWith(name + "."))
                    .toList()) {
                context.getRouteController().stopRoute(id);
                context.removeRoute(id);
            }
            if (model.getRouteDefinition(name) != null) {
                model.removeRouteDefinition(model.getRouteDefinition(name));
            }
        } catch (Exception e) { // Camel declares Exception; the next publication must be possible all the same
            LOG.warn("route {} did not stop cleanly: {}", name, FailureFacts.place(e));
        }
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
                if (failure == null && exchange.getMessage().getBody() instanceof HttpAnswer answer) {
                    done.accept(answer, null);
                } else {
                    done.accept(null, failure == null ? new IllegalStateException("no HTTP answer") : failure);
                }
            });
        }
    }
}

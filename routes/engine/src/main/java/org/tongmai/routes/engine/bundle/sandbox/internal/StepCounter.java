package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.tongmai.routes.engine.bundle.sandbox.StepCoverage;
import org.tongmai.standards.exchange.ExchangeNames;

/** Notes which steps of the bundle's own routes run. Steps that the engine puts around them have no line in a file. */
public final class StepCounter implements InterceptStrategy {
    private final Set<String> ids;
    private final Set<String> routes = new TreeSet<>();
    private final Set<String> routesRun = new TreeSet<>();
    private final Set<String> steps = new TreeSet<>();
    private final Set<String> stepsRun = new TreeSet<>();

    /** @param ids of the bundle's routes; the routes of its kamelets are not counted */
    public StepCounter(Set<String> ids) {
        this.ids = Set.copyOf(ids);
        routes.addAll(ids);
    }

    public StepCoverage coverage() {
        return new StepCoverage(routes, routesRun, steps, stepsRun);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode node, Processor target, Processor nextTarget) {
        RouteDefinition definition =
                node instanceof ProcessorDefinition<?> step ? ProcessorDefinitionHelper.getRoute(step) : null;
        // a body is named after its route, an @ and its version
        String route = definition == null ? "" : definition.getRouteId().split("@")[0];
        if (!ids.contains(route) || engines(node)) {
            return target;
        }
        String step = node.getLocation() + ":" + node.getLineNumber() + " " + node.getShortName();
        steps.add(step);
        // nothing waits in a sandbox: what passes is to be seen, not when
        Processor what = node instanceof ThrottleDefinition ? exchange -> {} : target;
        return new DelegateAsyncProcessor(what) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                stepsRun.add(step);
                routesRun.add(route);
                return super.process(exchange, callback);
            }
        };
    }

    /** Whether the engine put the step around the author's, who can write none of these. */
    private static boolean engines(NamedNode node) {
        return switch (node.getShortName()) {
            case "to" -> journals((ToDefinition) node);
            case "filter" -> proceeds((FilterDefinition) node);
            case "doTry", "doCatch", "process" -> true;
            default -> false;
        };
    }

    private static boolean journals(ToDefinition to) {
        String uri = to.getEndpointUri();
        return uri.startsWith("journal:");
    }

    private static boolean proceeds(FilterDefinition filter) {
        ExpressionDefinition expression = filter.getExpression();
        return ExchangeNames.PROCEED.equals(expression.getExpression());
    }
}

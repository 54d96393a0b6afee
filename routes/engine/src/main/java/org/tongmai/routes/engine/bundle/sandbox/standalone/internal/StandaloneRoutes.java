package org.tongmai.routes.engine.bundle.sandbox.standalone.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Processor;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.journal.camel.JournalSteps;
import org.tongmai.standards.exchange.ExchangeNames;

/** Puts around a bundle's routes what the engine puts around them, as Camel takes them in. Routes of kamelets stay. */
public final class StandaloneRoutes extends ModelLifecycleStrategySupport {
    private static final Pattern SOURCE = Pattern.compile("kamelet:([a-z0-9-]+-source)(\\?.*)?", Pattern.DOTALL);
    private static final String DELIVERING = "canonical-subscribe-source";

    private final MappingEngine mappings;

    /** @param mappings what messages are mapped by */
    public StandaloneRoutes(MappingEngine mappings) {
        this.mappings = mappings;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        var source = SOURCE.matcher(uri);
        if (!source.matches()) {
            return;
        }
        route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        if (source.group(1).equals(DELIVERING)) {
            String sign = source.group(2) == null ? "?" : "&";
            route.getInput().setUri(uri + sign + "destination=" + route.getRouteId());
            return;
        }
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        steps.add(
                new ProcessDefinition((Processor) exchange -> exchange.setProperty(ExchangeNames.MAPPINGS, mappings)));
        steps.addAll(route.getOutputs());
        JournalSteps.around(route, route.getRouteId(), steps);
    }
}

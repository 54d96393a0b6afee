package org.tongmai.routes.engine.bundle.check;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Turns a checked YAML text into Camel's model of it, without adding it to the context. */
final class RouteParser {
    private final CamelContext context;

    RouteParser(CamelContext context) {
        this.context = context;
    }

    /** @throws CodedException {@link BundleError#ROUTE_INVALID} when Camel does not understand the route */
    RouteDefinition parse(String fileName, String yaml) {
        Resource resource = ResourceHelper.fromString(fileName, yaml);
        try {
            for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context).findRoutesBuilders(List.of(resource))) {
                List<RouteDefinition> routes =
                        ((RouteBuilder) builder).configureRoutes(context).getRoutes();
                if (routes.size() == 1) {
                    return routes.get(0);
                }
            }
        } catch (Exception e) { // Camel's loaders declare Exception
            throw new CodedException(Issue.of(BundleError.ROUTE_INVALID, fileName, firstLine(e)), e);
        }
        throw new CodedException(Issue.of(BundleError.ROUTE_INVALID, fileName, "no route found"));
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse("");
    }
}

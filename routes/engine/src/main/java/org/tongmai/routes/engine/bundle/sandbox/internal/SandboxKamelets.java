package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.ArrayList;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * The kamelets of a sandbox: the platform's own, parameters and all, but for the end that touches the world. A source's own
 * steps stay, so that reading and answering are the adapter's; a sink's and an action's are replaced by the catcher, and its
 * body goes on as it was.
 */
public final class SandboxKamelets {
    /** Where a source is fed: the kamelet's name, behind the route's id and a dot. */
    static final String FEED = "direct:sandbox.";

    private static final Set<String> THE_ENGINES = Set.of("canonical-publish-sink", "canonical-subscribe-source");

    private final CamelContext context;
    private final BiConsumer<String, Exchange> caught;

    /** @param caught gets each sink's name and exchange */
    public SandboxKamelets(CamelContext context, BiConsumer<String, Exchange> caught) {
        this.context = context;
        this.caught = caught;
    }

    /** The endpoint that feeds a receiving route. */
    public static String feed(String routeId, String kamelet) {
        return FEED + routeId + "." + kamelet;
    }

    /** Loads the kamelets with these names and takes their ends off. */
    public void load(Set<String> names) {
        names.stream().filter(name -> !THE_ENGINES.contains(name)).forEach(this::load);
    }

    private void load(String name) {
        RouteTemplateDefinition template = template(name);
        RouteDefinition route = template.getRoute();
        if (!route.getInput().getEndpointUri().equals("kamelet:source")) {
            route.getInput().setUri(FEED + "{{routeId}}");
            return;
        }
        String catcher = "sandbox." + name;
        context.getRegistry().bind(catcher, Processor.class, (Processor) exchange -> caught.accept(name, exchange));
        ProcessDefinition end = new ProcessDefinition();
        end.setRef(catcher);
        template.setTemplateBeans(new ArrayList<>());
        route.clearOutput();
        route.addOutput(end);
    }

    private RouteTemplateDefinition template(String name) {
        Resource file =
                PluginHelper.getResourceLoader(context).resolveResource("classpath:kamelets/" + name + ".kamelet.yaml");
        try {
            PluginHelper.getRoutesLoader(context).loadRoutes(file);
        } catch (Exception e) { // Camel's loaders declare Exception
            throw new CodedException(Issue.of(BundleError.KAMELET_MISSING, name, "can not be read"), e);
        }
        return ((ModelCamelContext) context).getRouteTemplateDefinition(name);
    }
}

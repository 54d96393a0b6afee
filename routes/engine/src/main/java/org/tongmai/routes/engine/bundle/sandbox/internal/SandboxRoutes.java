package org.tongmai.routes.engine.bundle.sandbox.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.check.BundleCheck;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.routes.engine.bundle.deploy.LoneVersion;
import org.tongmai.standards.error.CodedException;

/** The routes of one version, checked and started as the platform does it. */
public final class SandboxRoutes {
    private static final String KAMELET = "kamelet:";

    private final CamelContext context;
    private final BundlePlan plan;

    private SandboxRoutes(CamelContext context, BundlePlan plan) {
        this.context = context;
        this.plan = plan;
    }

    /** @throws CodedException with every rule that the bundle breaks */
    public static SandboxRoutes read(BundleArchive archive, BundleOverrides settings, CamelContext context) {
        BundlePlan plan = BundleCheck.check(archive, settings, context);
        if (plan.refused()) {
            throw new CodedException(plan.violations(), null);
        }
        return new SandboxRoutes(context, plan);
    }

    /** Ids of the routes that receive, in the order of their files. */
    public List<String> receiving() {
        return plan.receiving().stream().map(CheckedRoute::id).toList();
    }

    /** Ids of all routes. */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        plan.routes().forEach(route -> ids.add(route.id()));
        return ids;
    }

    /** Names of the kamelets that the routes use. */
    public Set<String> kamelets() {
        Set<String> names = new TreeSet<>();
        for (CheckedRoute route : plan.routes()) {
            names.add(route.kamelet());
            RouteDefinition definition = route.definition(context, "");
            ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), ToDefinition.class)
                    .forEach(to -> names.add(kamelet(to.getEndpointUri())));
        }
        return names;
    }

    /** Name of the kamelet a receiving route begins with. */
    public String source(String routeId) {
        return plan.receiving().stream()
                .filter(route -> route.id().equals(routeId))
                .map(CheckedRoute::kamelet)
                .findFirst()
                .orElseThrow();
    }

    /** Starts the routes in their context, which has been started. */
    public void start(MappingEngine mappings) {
        LoneVersion.start(context, plan, mappings);
    }

    /** {@code x} of {@code kamelet:x?a=b}. */
    private static String kamelet(String uri) {
        int end = uri.indexOf('?');
        return uri.substring(KAMELET.length(), end < 0 ? uri.length() : end);
    }
}

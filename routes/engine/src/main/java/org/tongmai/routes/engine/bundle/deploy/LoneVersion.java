package org.tongmai.routes.engine.bundle.deploy;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;

/** One version alone in a Camel context: the same fronts, switches and bodies as where many are deployed. */
public final class LoneVersion {
    private LoneVersion() {}

    /**
     * Starts it.
     *
     * @param context has been started
     * @param checked keeps the rules
     * @param mappings what its messages are mapped by
     * @throws org.tongmai.standards.error.CodedException when a route can not be started
     */
    public static void start(CamelContext context, BundlePlan checked, MappingEngine mappings) {
        BundleSettings settings = new BundleSettings();
        context.getPropertiesComponent().addPropertiesSource(settings);
        RunningInstance instance = new RunningInstance(new RunningInstance.Surroundings(
                new CamelRoutes(context, settings), new SubscriptionRegistry(), Runnable::run));
        Version version = instance.openBodies(new Plan(TenantRow.NONE, checked, Optional.of(mappings)));
        instance.choose(version, null, null);
        instance.openFronts(version, RunningInstance.Direction.DELIVERING);
        instance.openFronts(version, RunningInstance.Direction.RECEIVING);
    }
}

package org.tongmai.routes.engine.bundle.check;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;

/**
 * One route of a bundle that keeps the rules, as its author wrote it.
 *
 * @param id {@code <bundle>.<route>}
 * @param file its file in the bundle
 * @param kamelet name of the kamelet it starts from
 * @param subscription what a delivering route wants; empty for a receiving one
 * @param source URI it starts from with its parameters, placeholders as written; empty where the bundle breaks a rule
 * @param yaml the file's text
 */
public record CheckedRoute(
        String id, String file, String kamelet, Optional<Subscription> subscription, String source, String yaml) {
    public boolean delivers() {
        return subscription.isPresent();
    }

    /** URI it starts from with its parameters, these settings in the place of placeholders. */
    public String source(Map<String, String> settings) {
        return Placeholders.resolved(source, settings);
    }

    /**
     * Camel's model of the route, a new one each time and not added to the context.
     *
     * @param settingsPrefix put before the name of each setting: {@code {{hospital.adt.port}}} is read as
     *     {@code {{<prefix>hospital.adt.port}}}, so bundles, versions and tenants never see each other's settings
     * @throws org.tongmai.standards.error.CodedException
     *     {@link org.tongmai.routes.engine.bundle.BundleError#ROUTE_INVALID} when Camel does not understand it
     */
    public RouteDefinition definition(CamelContext context, String settingsPrefix) {
        return new RouteParser(context).parse(file, Placeholders.prefixed(settingsPrefix, yaml));
    }
}

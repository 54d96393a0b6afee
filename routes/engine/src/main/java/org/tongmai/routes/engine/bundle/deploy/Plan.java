package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.check.CheckedRoute;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;

/**
 * One version of one instance, checked and not started.
 *
 * @param tenant for whom
 * @param checked the bundle with the settings it gets here
 * @param mappings its own, when it has rows of its own and breaks no rule
 */
record Plan(TenantRow tenant, BundlePlan checked, Optional<MappingEngine> mappings) {
    /** {@code <bundle>} or {@code <bundle>.<tenant>}. */
    String instance() {
        return tenant.instanceOf(checked.id());
    }

    String digest() {
        return checked.archive().digest();
    }

    String version() {
        return checked.manifest().version();
    }

    /** Whether what runs for the other would run for this. Mappings follow from files and tenant. */
    boolean equals(Plan other) {
        return digest().equals(other.digest())
                && checked.settings().equals(other.checked.settings())
                && tenant.revision() == other.tenant.revision();
    }

    /** The routes by Camel's id of their fronts. */
    Map<String, CheckedRoute> routes() {
        Map<String, CheckedRoute> routes = new TreeMap<>();
        checked.routes().forEach(route -> routes.put(front(route.id()), route));
        return routes;
    }

    /** @throws CodedException with every violation */
    Plan accepted() {
        if (checked.refused()) {
            throw new CodedException(checked.violations(), null);
        }
        return this;
    }

    /** Also of a bundle that breaks a rule. */
    List<Subscription> subscriptions() {
        String instance = instance();
        return checked.subscriptions().stream()
                .map(each -> new Subscription(
                        each.topic(),
                        instance + each.destination().substring(checked.id().length()),
                        each.format()))
                .toList();
    }

    /** The author's {@code <bundle>.<route>} becomes {@code <instance>.<route>}. */
    private String front(String route) {
        return instance() + route.substring(checked.id().length());
    }

    /** What makes two sources the same: the kamelet and its parameters, settings filled in. */
    String source(CheckedRoute route) {
        return route.source(checked.settings());
    }
}

package org.tongmai.routes.engine.bundle.internal;

import java.util.List;
import org.apache.camel.model.RouteDefinition;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.Issue;

/** What a bundle's folder says, checked: ready to be started, or refused with its violations. */
public record BundlePlan(
        String id,
        Manifest manifest,
        List<RouteDefinition> delivering,
        List<RouteDefinition> receiving,
        List<Subscription> subscriptions,
        List<Issue> violations) {
    public BundlePlan {
        delivering = List.copyOf(delivering);
        receiving = List.copyOf(receiving);
        subscriptions = List.copyOf(subscriptions);
        violations = List.copyOf(violations);
    }

    public boolean refused() {
        return !violations.isEmpty();
    }
}

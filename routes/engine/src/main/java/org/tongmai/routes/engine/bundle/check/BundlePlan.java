package org.tongmai.routes.engine.bundle.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.Issue;

/**
 * What a bundle says, checked: ready to be started, or refused with its violations.
 *
 * @param archive what was checked
 * @param manifest as far as it could be read
 * @param settings value of every declared setting: the platform's, else the bundle's, else the default; secrets too
 * @param routes those that keep the rules, by file name
 * @param violations everything that is wrong; locations are {@code file:line}
 */
public record BundlePlan(
        BundleArchive archive,
        Manifest manifest,
        Map<String, String> settings,
        List<CheckedRoute> routes,
        List<Issue> violations) {
    public BundlePlan {
        settings = Map.copyOf(settings);
        routes = List.copyOf(routes);
        violations = List.copyOf(violations);
    }

    public String id() {
        return archive.id();
    }

    public boolean refused() {
        return !violations.isEmpty();
    }

    public List<CheckedRoute> delivering() {
        return routes.stream().filter(CheckedRoute::delivers).toList();
    }

    public List<CheckedRoute> receiving() {
        return routes.stream().filter(route -> !route.delivers()).toList();
    }

    public List<Subscription> subscriptions() {
        return routes.stream()
                .map(CheckedRoute::subscription)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Without values of settings: some are secrets. */
    @Override
    public String toString() {
        return archive + " " + violations;
    }
}

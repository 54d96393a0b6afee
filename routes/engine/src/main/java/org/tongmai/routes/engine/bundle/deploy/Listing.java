package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.bundle.RouteBundle;

/** What people see of the instances: desired state and nodes from the tables, figures from here. */
final class Listing {
    private static final List<String> UNKNOWN = List.of("", "");

    private final BundleTables tables;
    private final LocalNode node;

    Listing(BundleTables tables, LocalNode node) {
        this.tables = tables;
        this.node = node;
    }

    List<RouteBundle> all() {
        return views(tables.desired());
    }

    Optional<RouteBundle> find(String instance) {
        return tables.desired(instance).map(each -> views(List.of(each)).get(0));
    }

    private List<RouteBundle> views(List<Desired> wanted) {
        Map<String, List<String>> titles = tables.titles();
        Map<String, List<RouteBundle.Node>> nodes = tables.nodes();
        List<RouteBundle> views = new ArrayList<>();
        for (Desired each : wanted) {
            Optional<RunningInstance> running = node.find(each.instance());
            views.add(new RouteBundle(
                    each.instance(),
                    each.bundle(),
                    each.tenant(),
                    each.state(),
                    each.generation(),
                    view(each.stable(), titles, running.map(RunningInstance::stable)),
                    each.canary().isEmpty() ? null : view(each.canary(), titles, running.map(RunningInstance::canary)),
                    each.rule(),
                    nodes.getOrDefault(each.instance(), List.of())));
        }
        return views;
    }

    private static RouteBundle.Version view(
            String digest, Map<String, List<String>> titles, Optional<Version> running) {
        List<String> title = titles.getOrDefault(digest, UNKNOWN);
        boolean runs = running.isPresent() && running.get().plan().digest().equals(digest);
        return new RouteBundle.Version(
                title.get(0), digest, title.get(1), runs ? running.get().figures() : Map.of());
    }
}

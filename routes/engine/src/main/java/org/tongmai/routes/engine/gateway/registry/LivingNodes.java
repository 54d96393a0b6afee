package org.tongmai.routes.engine.gateway.registry;

import java.util.Collection;
import java.util.List;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.call.Sharing;
import org.tongmai.routes.engine.gateway.rules.Service;

/** The nodes that take calls, as they said last. One that no call of a service can come to takes no part of what it may have. */
final class LivingNodes implements Sharing {
    private volatile List<Node> nodes = List.of();

    /**
     * What a node serves.
     *
     * @param domains of services; empty for all
     * @param doors gateways it has a port of
     */
    record Node(List<String> domains, List<GatewayKind> doors) {}

    void saw(List<Node> living) {
        nodes = List.copyOf(living);
    }

    static boolean serves(Collection<String> domains, Collection<GatewayKind> doors, Service service) {
        String domain = service.domain();
        return (domain.isEmpty() || domains.isEmpty() || domains.contains(domain))
                && service.gateways().stream().anyMatch(doors::contains);
    }

    @Override
    public int of(Service service) {
        int serving = 0;
        for (Node node : nodes) {
            serving += serves(node.domains(), node.doors(), service) ? 1 : 0;
        }
        return Math.max(1, serving);
    }

    @Override
    public int ofAll() {
        int open = 0;
        for (Node node : nodes) {
            open += node.doors().isEmpty() ? 0 : 1;
        }
        return Math.max(1, open);
    }
}

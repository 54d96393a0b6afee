package org.tongmai.routes.engine.gateway.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.standards.error.Issue;

/**
 * The doors of this node, by its settings: other nodes may have others. What is larger than they take they refuse, whatever a
 * rule says.
 *
 * @param open gateways it has a port of
 * @param maxBody bytes of a content that they hold in memory ({@code tongmai.gateway.max-body})
 */
public record Doors(Set<GatewayKind> open, long maxBody) {
    /** Each of them, and without a limit. */
    public static final Doors ALL = new Doors(EnumSet.allOf(GatewayKind.class), Long.MAX_VALUE);

    public Doors {
        open = Set.copyOf(open);
    }

    /** One issue for each content that is agreed and refused at the door. The default is for every node. */
    public List<Issue> violations(List<Service> services) {
        return services.stream()
                .filter(service -> service.content().maxBody() > maxBody
                        && service.content().maxBody() != ContentRule.DEFAULT.maxBody())
                .map(service -> Issue.of(
                        GatewayError.RULES_INVALID,
                        "services[" + service.id() + "].content.maxBody",
                        "found: " + service.content().maxBody() + " (expected: 1 to " + maxBody
                                + ", tongmai.gateway.max-body of this node; more goes into a file by largeBody)"))
                .toList();
    }
}

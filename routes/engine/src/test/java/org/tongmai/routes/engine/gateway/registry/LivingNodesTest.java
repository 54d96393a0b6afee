package org.tongmai.routes.engine.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tongmai.routes.engine.gateway.GatewayKind.BUS;
import static org.tongmai.routes.engine.gateway.GatewayKind.OPEN;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.rules.RuleFiles;
import org.tongmai.routes.engine.gateway.rules.Service;

class LivingNodesTest {
    private static final List<Service> SERVICES = RuleFiles.read(
                    """
            {"services": [
              {"id": "outer", "gateways": ["OPEN"], "domain": "internet"},
              {"id": "inner", "gateways": ["BUS"], "domain": "intranet"},
              {"id": "both", "gateways": ["OPEN", "BUS"]}]}""")
            .services();
    private static final Service OUTER = SERVICES.get(0);
    private static final Service INNER = SERVICES.get(1);
    private static final Service BOTH = SERVICES.get(2);

    private final LivingNodes living = new LivingNodes();

    @Test
    void what_a_service_may_have_is_shared_by_the_nodes_that_its_calls_can_come_to() {
        living.saw(List.of(
                new LivingNodes.Node(List.of(), List.of(OPEN)),
                new LivingNodes.Node(List.of(), List.of(BUS)),
                new LivingNodes.Node(List.of("intranet"), List.of(BUS, OPEN)),
                new LivingNodes.Node(List.of(), List.of())));

        assertThat(living.of(OUTER)).as("not by a node of another domain").isEqualTo(1);
        assertThat(living.of(INNER)).as("not by one without the door").isEqualTo(2);
        assertThat(living.of(BOTH)).isEqualTo(3);
        assertThat(living.ofAll()).as("what has no door takes no call").isEqualTo(3);
    }

    @Test
    void who_knows_of_no_node_shares_with_nobody() {
        assertThat(living.of(OUTER)).isEqualTo(1);
        living.saw(List.of(new LivingNodes.Node(List.of(), List.of())));
        assertThat(living.of(OUTER)).isEqualTo(1);
        assertThat(living.ofAll()).isEqualTo(1);
    }
}

package org.tongmai.routes.engine.bundle.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.standards.error.CodedException;

class BundleDecisionTest {
    /** Where a decision (a line) leads to from each state; - where it can not be made. */
    private static final String TABLE =
            """
                                ABSENT   RUNNING  CANARY   STOPPED  RETIRED
            SEED                RUNNING  -        -        -        -
            DEPLOY              RUNNING  RUNNING  -        RUNNING  RUNNING
            BEGIN_CANARY        -        CANARY   -        -        -
            PROMOTE             -        -        RUNNING  -        -
            ROLL_BACK           -        RUNNING  RUNNING  STOPPED  -
            ROLL_BACK_BY_BOUND  -        -        RUNNING  -        -
            STOP                -        STOPPED  STOPPED  -        -
            START               -        RUNNING  -        RUNNING  -
            RETIRE              -        RETIRED  RETIRED  RETIRED  -
            CHANGE_TENANT       -        RUNNING  CANARY   STOPPED  RETIRED
            """;

    @Test
    void decisions_lead_from_state_to_state_as_the_table_says() {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("%-20s".formatted(""));
        for (BundleState state : BundleState.values()) {
            head.append("%-9s".formatted(state));
        }
        lines.add(head.toString().stripTrailing());
        for (BundleDecision decision : BundleDecision.values()) {
            StringBuilder line = new StringBuilder("%-20s".formatted(decision));
            for (BundleState state : BundleState.values()) {
                line.append("%-9s".formatted(to(decision, state)));
            }
            lines.add(line.toString().stripTrailing());
        }
        assertThat(lines).containsExactlyElementsOf(TABLE.lines().toList());
    }

    private static String to(BundleDecision decision, BundleState state) {
        try {
            return decision.from(state).name();
        } catch (CodedException e) {
            return "-";
        }
    }

    @Test
    void what_can_not_be_decided_is_a_coded_conflict() {
        assertThatThrownBy(() -> BundleDecision.PROMOTE.from(BundleState.RUNNING))
                .isInstanceOf(CodedException.class)
                .hasMessageContaining("TM-DEPLOY-0001")
                .hasMessageContaining("RUNNING");
    }
}

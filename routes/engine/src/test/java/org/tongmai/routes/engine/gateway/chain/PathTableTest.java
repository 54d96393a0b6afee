package org.tongmai.routes.engine.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.CodedException;

class PathTableTest {
    private final PathTable table = new PathTable();

    @Test
    void a_path_that_ends_with_a_slash_is_refused_because_services_read_it_as_the_path_without() {
        assertThatThrownBy(() -> table.find("/fhir/Patient/1/"))
                .isInstanceOfSatisfying(CodedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(GatewayError.BAD_PATH));
        assertThat(table.find("/fhir/Patient/1")).isEmpty();
        assertThat(table.find("/")).as("the root has no path without").isEmpty();
    }
}

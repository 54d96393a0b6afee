package org.tongmai.adapters.canonicalstore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void a_number_of_many_digits_that_was_written_can_be_read() {
        ObjectNode content = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        content.put("value", new BigDecimal("9".repeat(990) + "E400"));

        ObjectNode read = CanonicalJson.read(CanonicalJson.write(content, "Patient/a"));

        assertThat(read.path("value").decimalValue())
                .isEqualByComparingTo(content.path("value").decimalValue());
    }
}

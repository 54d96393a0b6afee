package org.tongmai.routes.engine.gateway.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Spool;
import org.tongmai.standards.exchange.SpooledContent;

class LargeOutcomeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {200, 422, 500})
    void an_answer_in_a_file_says_what_became_of_a_message_by_its_status_and_leaves_no_file(int status) {
        Spool spool = new Spool(directory, new Spool.Bounds(1, 100, 0));
        SpooledContent file = spool.ofAnswer().begin();
        file.append(new byte[10]);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new HttpAnswer(status, HttpFields.NONE, file));

        new MessageOutcome().process(exchange);

        assertThat(exchange.getProperty(ExchangeNames.OUTCOME, Outcome.class).issues())
                .hasSize(status < 300 ? 0 : 1);
        await().until(() -> spool.used() == 0);
    }
}

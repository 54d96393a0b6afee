package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;

class RequestFeedTest {
    /** A route that an error broke off outside its steps: its exchange never comes back. */
    private static final class BreaksOff extends AsyncProcessorSupport {
        private final Outcome outcome;

        BreaksOff(Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        @SuppressWarnings("unchecked")
        public boolean process(Exchange exchange, AsyncCallback callback) {
            ((Consumer<Outcome>) exchange.getProperty(ExchangeNames.BROKEN_OFF)).accept(outcome);
            return false;
        }
    }

    @Test
    void who_waits_for_a_route_that_was_broken_off_is_answered_at_once() throws Exception {
        Issue issue = Issue.of(FhirError.INTERNAL, "", "found: LinkageError");
        Outcome refused = new Outcome(Outcome.Disposition.REFUSED, 7, List.of(issue));
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(RequestFeed.ENDPOINT).process(new BreaksOff(refused));
                }
            });
            // its exchange never ends, so there is nothing to wait for at the end
            camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            camel.getShutdownStrategy().setTimeout(1);
            camel.start();
            MessageKeys keys = new MessageKeys("s", "", "c", "t", "4.0.1", "", "", "", List.of());
            ReceivedMessage message = new ReceivedMessage(
                    RequestReception.FORMAT, new byte[0], StandardCharsets.UTF_8, "", keys, "", Instant.EPOCH);
            Feed.Fate fate = new RequestFeed(() -> camel)
                    .send(new Feed.Sending(message, List.of(issue), null))
                    .get(10, TimeUnit.SECONDS);
            assertThat(fate.outcome()).isEqualTo(refused);
        }
    }
}

package org.tongmai.routes.engine.journal.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.routes.engine.journal.JournalService.Acceptance;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/** An error that Camel lets pass: whoever waits is told at once, and what the message held is given back. */
class GoingOnTest {
    private static final AsyncCallback BROKEN = doneSync -> {
        throw new LinkageError("quotes 虚构");
    };

    private final List<String> calls = new ArrayList<>();
    private final JournalService journal = (JournalService) Proxy.newProxyInstance(
            JournalService.class.getClassLoader(), new Class<?>[] {JournalService.class}, (self, method, arguments) -> {
                calls.add(method.getName() + " " + ((Acceptance) arguments[0]).messageId());
                return null;
            });
    private final List<Outcome> told = new ArrayList<>();
    private Exchange exchange;

    @BeforeEach
    void message() {
        exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(ExchangeNames.MESSAGE_ID, 7L);
        exchange.setProperty(GoingOn.ACCEPTANCE, new Acceptance(7, null, () -> {}));
        Consumer<Outcome> waiting = told::add;
        exchange.setProperty(ExchangeNames.BROKEN_OFF, waiting);
    }

    @Test
    void who_waits_is_told_a_coded_refusal_without_words_and_the_message_is_ended() {
        assertThatThrownBy(() -> GoingOn.from(exchange, BROKEN, journal)).isInstanceOf(LinkageError.class);
        assertThat(calls).containsExactly("finish 7");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).disposition()).isEqualTo(Disposition.REFUSED);
        assertThat(told.get(0).issues().get(0).code()).isEqualTo(JournalError.INTERNAL);
        assertThat(told.get(0).issues().get(0).text()).contains("LinkageError").doesNotContain("虚构");
    }

    @Test
    void what_was_stored_before_is_told_as_stored() {
        Outcome stored = new Outcome(Disposition.PROCESSED, 7, List.of());
        exchange.setProperty(ExchangeNames.PUBLISHED, stored);
        assertThatThrownBy(() -> GoingOn.from(exchange, BROKEN, journal)).isInstanceOf(LinkageError.class);
        assertThat(told).containsExactly(stored);
    }

    @Test
    void a_failure_of_the_machine_itself_goes_on_its_way() {
        AsyncCallback machine = doneSync -> {
            throw new OutOfMemoryError("scripted");
        };
        assertThatThrownBy(() -> GoingOn.from(exchange, machine, journal)).isInstanceOf(OutOfMemoryError.class);
        assertThat(told).isEmpty();
    }
}

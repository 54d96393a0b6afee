package org.tongmai.routes.engine.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.delivery.DeliveryError;
import org.tongmai.routes.engine.delivery.internal.Failure.Blame;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

class FailureTest {
    @Test
    void a_coded_failure_speaks_for_itself_wherever_it_stands_in_the_chain() {
        CodedException coded = new CodedException(Issue.of(DeliveryError.CONTENT_MISSING, "", "event"));
        Failure failure = Failure.of(new RuntimeCamelException(new IllegalStateException(coded)));
        assertThat(failure.code()).isEqualTo("TM-DELIVERY-0003");
        assertThat(failure.blame()).isEqualTo(Blame.CONTENT);
    }

    @Test
    void a_destination_that_is_not_there_is_tried_again() {
        Failure failure = Failure.of(new RuntimeCamelException(new ConnectException("10.0.0.1 refused")));
        assertThat(failure.blame()).isEqualTo(Blame.DESTINATION);
        assertThat(failure.code()).isEqualTo("TM-DELIVERY-0001");
    }

    @Test
    void a_database_that_is_away_is_named_and_not_what_it_failed_of() {
        Failure failure = Failure.of(new SQLException("refused", "08001", new ConnectException("refused")));
        assertThat(failure.code()).isEqualTo("TM-DELIVERY-0004");
        assertThat(failure.cause()).contains("08001");
    }

    @Test
    void a_defect_is_not_tried_again_as_it_is() {
        assertThat(Failure.of(new NullPointerException()).blame()).isEqualTo(Blame.CONTENT);
        assertThat(Failure.of(new ClassCastException("String")).code()).isEqualTo("TM-DELIVERY-0002");
    }

    @Test
    void what_nobody_foresaw_may_be_the_content_or_the_destination() {
        Failure failure = Failure.of(new IllegalStateException());
        assertThat(failure.blame()).isEqualTo(Blame.UNCLEAR);
        assertThat(failure.code()).isEqualTo("TM-DELIVERY-0011");
    }

    @Test
    void what_an_exception_quotes_is_not_told() {
        Failure failure = Failure.of(new IllegalArgumentException("bad name: 虚构"));
        assertThat(failure.cause()).contains("IllegalArgumentException").doesNotContain("虚构");
    }
}

package org.tongmai.standards.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.hl7v2.Hl7Error;

class FailureFactsTest {
    @Test
    void the_kind_and_the_place_of_what_failed_first_are_told_and_no_word_of_it() {
        Throwable failure = new CompletionException("quotes 虚构", new IllegalStateException("quotes 虚构"));
        assertThat(FailureFacts.place(failure))
                .startsWith("java.lang.IllegalStateException at org.tongmai.standards.error.FailureFactsTest")
                .doesNotContain("虚构");
    }

    @Test
    void a_coded_failure_is_found_under_what_wraps_it() {
        Issue issue = Issue.of(Hl7Error.HEADER_MISSING, "MSH", "");
        Throwable failure = new IllegalStateException(new CompletionException(new CodedException(issue)));
        assertThat(FailureFacts.issues(failure, Hl7Error.VERSION_EMPTY)).containsExactly(issue);
    }

    @Test
    void any_other_is_told_by_its_kind() {
        Throwable failure = new RuntimeException("quotes 虚构", new LinkageError("quotes 虚构"));
        assertThat(FailureFacts.issues(failure, Hl7Error.VERSION_EMPTY))
                .containsExactly(Issue.of(Hl7Error.VERSION_EMPTY, "", "found: LinkageError"));
        assertThat(FailureFacts.issues(null, Hl7Error.VERSION_EMPTY))
                .containsExactly(Issue.of(Hl7Error.VERSION_EMPTY, "", "found: no exception"));
    }

    @Test
    void a_stack_that_overflows_is_no_failure_of_the_machine() {
        assertThat(FailureFacts.isMachineFailure(new StackOverflowError())).isFalse();
        assertThat(FailureFacts.isMachineFailure(new OutOfMemoryError())).isTrue();
    }
}

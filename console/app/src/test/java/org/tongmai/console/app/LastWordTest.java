package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordTest {
    private final List<Integer> ends = new ArrayList<>();
    private final LastWord lastWord = new LastWord(ends::add);

    @Test
    void a_failed_machine_ends_the_process_with_a_status_of_its_own() {
        lastWord.uncaughtException(Thread.currentThread(), new OutOfMemoryError("scripted"));
        assertThat(ends).containsExactly(70);
    }

    @Test
    void a_failed_thread_does_not_end_the_process() {
        lastWord.uncaughtException(Thread.currentThread(), new AssertionError("scripted"));
        lastWord.uncaughtException(Thread.currentThread(), new StackOverflowError());
        assertThat(ends).isEmpty();
    }
}

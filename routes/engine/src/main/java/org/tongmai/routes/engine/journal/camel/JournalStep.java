package org.tongmai.routes.engine.journal.camel;

import java.util.Locale;

/** Where on a feed's way the journal acts. */
enum JournalStep {
    /** Before the author's steps: makes the message durable and says whether to proceed. */
    ACCEPT,
    /** After a failed step: refuses or parks. */
    REFUSE,
    /** After the author's last step: sets the outcome. */
    SETTLE;

    static JournalStep of(String name) {
        for (JournalStep step : values()) {
            if (step.name().toLowerCase(Locale.ROOT).equals(name)) {
                return step;
            }
        }
        throw new IllegalArgumentException("journal:" + name + " (expected: accept, refuse or settle)");
    }
}

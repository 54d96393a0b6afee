package org.tongmai.routes.engine.journal.camel;

import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.journal.JournalService;

/** Finds the journal in a Camel registry. */
public final class JournalServices {
    private JournalServices() {}

    public static JournalService find(CamelContext context) {
        JournalService journal = context.getRegistry().findSingleByType(JournalService.class);
        if (journal == null) {
            throw new IllegalStateException("no JournalService in the Camel registry (expected: exactly one)");
        }
        journal.bind(context);
        return journal;
    }
}

package org.tongmai.routes.engine.journal.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.support.DefaultEndpoint;
import org.tongmai.routes.engine.journal.JournalService;

/** One step of the journal in a route. */
@UriEndpoint(
        firstVersion = "4.18.0",
        scheme = "journal",
        title = "Journal",
        syntax = "journal:step",
        category = Category.CORE)
public final class JournalEndpoint extends DefaultEndpoint {
    private final JournalStep step;
    private final String feed;

    JournalEndpoint(String uri, JournalComponent component, JournalStep step, String feed) {
        super(uri, component);
        this.step = step;
        this.feed = feed;
    }

    @Override
    public Producer createProducer() {
        JournalService journal = JournalServices.find(getCamelContext());
        return switch (step) {
            case ACCEPT -> new AcceptProducer(this, journal, feed);
            case REFUSE -> new RefuseProducer(this, journal);
            case SETTLE -> new SettleProducer(this, journal);
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("journal: is no source");
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}

package org.tongmai.routes.engine.channel;

import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.support.DefaultEndpoint;
import org.tongmai.routes.engine.journal.camel.JournalServices;

/** One end of a canonical channel. */
@UriEndpoint(
        firstVersion = "4.18.0",
        scheme = "canonical",
        title = "Canonical channel",
        syntax = "canonical:direction",
        category = Category.CORE)
public final class CanonicalEndpoint extends DefaultEndpoint {
    private final String direction;
    private final Map<String, Object> options;

    CanonicalEndpoint(String uri, CanonicalComponent component, String direction, Map<String, Object> options) {
        super(uri, component);
        this.direction = direction;
        this.options = Map.copyOf(options);
    }

    @Override
    public Producer createProducer() {
        require("publish");
        return new PublishProducer(this, JournalServices.find(getCamelContext()), topic());
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        require("subscribe");
        SubscriptionFactory factory = getCamelContext().getRegistry().findSingleByType(SubscriptionFactory.class);
        if (factory == null) {
            throw new IllegalStateException("no SubscriptionFactory in the Camel registry (expected: exactly one)");
        }
        Consumer consumer = factory.subscribe(this, processor, options);
        configureConsumer(consumer);
        return consumer;
    }

    /** The canonical channel, or empty when the bundle names it. */
    public String topic() {
        return String.valueOf(options.getOrDefault("topic", ""));
    }

    private void require(String expected) {
        if (!expected.equals(direction)) {
            throw new IllegalArgumentException("canonical:" + direction + " (expected: canonical:" + expected + ")");
        }
    }
}

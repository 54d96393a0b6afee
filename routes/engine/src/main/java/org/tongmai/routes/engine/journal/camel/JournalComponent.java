package org.tongmai.routes.engine.journal.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code journal:accept?feed=…}, {@code journal:refuse}, {@code journal:settle}. */
public final class JournalComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String feed = getAndRemoveParameter(parameters, "feed", String.class, "");
        return new JournalEndpoint(uri, this, JournalStep.of(remaining), feed);
    }
}

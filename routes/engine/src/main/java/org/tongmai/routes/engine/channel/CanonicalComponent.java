package org.tongmai.routes.engine.channel;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code canonical:publish?topic=…} and {@code canonical:subscribe?topic=…&batch=…&lanes=…&payload=…}. */
public final class CanonicalComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, Object> options = new HashMap<>(parameters);
        parameters.clear();
        return new CanonicalEndpoint(uri, this, remaining, options);
    }
}

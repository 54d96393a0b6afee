package org.tongmai.routes.engine.gateway.camel;

import java.util.Locale;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.tongmai.routes.engine.gateway.GatewayKind;

/** {@code gateway:open} and {@code gateway:bus}: takes an HTTP call through that gateway. */
public final class GatewayComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        GatewayEndpoint endpoint =
                new GatewayEndpoint(uri, this, GatewayKind.valueOf(remaining.toUpperCase(Locale.ROOT)));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}

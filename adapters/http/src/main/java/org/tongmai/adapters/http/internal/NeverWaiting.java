package org.tongmai.adapters.http.internal;

import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.EndpointStrategy;

/**
 * A kamelet listens before the route it belongs to is there, and after. Camel would have each request wait half a minute for
 * that on its connection's thread, which holds all connections of the thread, and a listener that is being opened on it:
 * such requests are refused instead. Camel drops what a kamelet says of its own {@code kamelet:sink}, so it is said here.
 */
record NeverWaiting(ModelCamelContext camel) implements EndpointStrategy {
    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof KameletEndpoint kamelet && uri.startsWith("kamelet://sink")) {
            RouteDefinition inside = camel.getRouteDefinition(kamelet.getRouteId());
            if (inside != null && inside.getInput().getEndpointUri().startsWith("async-http:")) {
                kamelet.setBlock(false);
            }
        }
        return endpoint;
    }
}

package org.tongmai.adapters.hl7mllp.internal.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.EventNotifierSupport;
import org.tongmai.adapters.hl7mllp.internal.EventLoops;

/**
 * Stops, starts and removes a listener together with the route that reads from it. Camel makes a kamelet a route of its
 * own and leaves that running when the author's route stops: the port would stay taken.
 */
final class ListenerFollowsRoute extends EventNotifierSupport {
    private final CamelContext context;
    private final String listenerRouteId;

    ListenerFollowsRoute(CamelContext context, String listenerRouteId) {
        this.context = context;
        this.listenerRouteId = listenerRouteId;
        setIgnoreExchangeEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.RouteEvent;
    }

    @Override
    public void notify(CamelEvent event) throws Exception {
        if (!(event instanceof CamelEvent.RouteEvent about) || !readsFromListener(about.getRoute())) {
            return;
        }
        if (context.isStopping() || context.isStopped()) {
            return;
        }
        RouteController controller = context.getRouteController();
        switch (event.getType()) {
            case RouteStopping -> stop(controller);
            case RouteStarted -> {
                ServiceStatus status = controller.getRouteStatus(listenerRouteId);
                if (status != null && status.isStopped()) {
                    controller.startRoute(listenerRouteId);
                }
            }
            case RouteRemoved -> {
                stop(controller);
                context.removeRoute(listenerRouteId);
                context.getManagementStrategy().removeEventNotifier(this);
            }
            default -> {
                // Being added, reloaded or about to start changes nothing for the listener.
            }
        }
    }

    private void stop(RouteController controller) throws Exception {
        controller.stopRoute(listenerRouteId);
        EventLoops.awaitReleased();
    }

    private boolean readsFromListener(Route route) {
        return route != null
                && route.getEndpoint() instanceof KameletEndpoint kamelet
                && listenerRouteId.equals(kamelet.getRouteId());
    }
}

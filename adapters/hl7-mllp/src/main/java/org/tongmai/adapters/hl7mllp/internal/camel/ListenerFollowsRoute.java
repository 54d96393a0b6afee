package org.tongmai.adapters.hl7mllp.internal.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.netty.NettyEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.spi.RouteController;
import org.apache.camel.support.EventNotifierSupport;
import org.tongmai.adapters.hl7mllp.internal.EventLoops;

/**
 * Stops, starts and removes listeners together with the routes that read from them. Camel makes a kamelet a route of its
 * own and leaves that running when the author's route stops: the port would stay taken. One a context, so that nothing is
 * left of a listener that did not open.
 */
final class ListenerFollowsRoute extends EventNotifierSupport {
    private final CamelContext context;

    private ListenerFollowsRoute(CamelContext context) {
        this.context = context;
        setIgnoreExchangeEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /** Sees to it that all listeners of a context follow. */
    static synchronized void in(CamelContext context) {
        ManagementStrategy events = context.getManagementStrategy();
        if (events.getEventNotifiers().stream().noneMatch(ListenerFollowsRoute.class::isInstance)) {
            ListenerFollowsRoute follower = new ListenerFollowsRoute(context);
            follower.start();
            events.addEventNotifier(follower);
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.RouteEvent;
    }

    @Override
    public void notify(CamelEvent event) throws Exception {
        if (!(event instanceof CamelEvent.RouteEvent about) || context.isStopping() || context.isStopped()) {
            return;
        }
        String listenerRouteId = listenerOf(about.getRoute());
        if (listenerRouteId == null) {
            return;
        }
        RouteController controller = context.getRouteController();
        switch (event.getType()) {
            case RouteStopping -> stop(listenerRouteId);
            case RouteStarted -> {
                ServiceStatus status = controller.getRouteStatus(listenerRouteId);
                if (status != null && status.isStopped()) {
                    controller.startRoute(listenerRouteId);
                }
            }
            case RouteRemoved -> {
                stop(listenerRouteId);
                context.removeRoute(listenerRouteId);
            }
            default -> {
                // Being added, reloaded or about to start changes nothing for the listener.
            }
        }
    }

    private void stop(String listenerRouteId) throws Exception {
        context.getRouteController().stopRoute(listenerRouteId);
        EventLoops.awaitReleased();
    }

    /** The route of the listener that a route reads from; null where it reads from something else. */
    private String listenerOf(Route route) {
        if (route == null || !(route.getEndpoint() instanceof KameletEndpoint kamelet)) {
            return null;
        }
        Route source = context.getRoute(kamelet.getRouteId());
        return source != null
                        && source.getEndpoint() instanceof NettyEndpoint netty
                        && netty.getConfiguration().getServerInitializerFactory() instanceof MllpSource
                ? kamelet.getRouteId()
                : null;
    }
}

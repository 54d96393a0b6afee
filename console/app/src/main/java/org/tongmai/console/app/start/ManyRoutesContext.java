package org.tongmai.console.app.start;

import org.apache.camel.spring.boot.CamelSpringBootApplicationController;
import org.apache.camel.spring.boot.SpringBootCamelContext;
import org.springframework.context.ApplicationContext;

/**
 * The platform's Camel context. Before Camel adds a route, and a kamelet is one, it removes what has its id; it looks
 * through the endpoints of all routes to do so, also where there is nothing to remove (Camel 4.18). With 500 bundles that
 * was more than half of the start.
 */
final class ManyRoutesContext extends SpringBootCamelContext {
    ManyRoutesContext(ApplicationContext spring, CamelSpringBootApplicationController controller) {
        super(spring, false, controller);
    }

    @Override
    public boolean removeRoute(String id) throws Exception {
        return getRouteServices().containsKey(id) && super.removeRoute(id);
    }
}

package org.tongmai.routes.engine.gateway.rules;

import java.util.Map;

/**
 * A way in beside HTTP: who connects there is taken for one application, and each message is a call of one service of the bus.
 *
 * @param id names it, its route and what records say
 * @param title for people
 * @param kind name of a route template in {@code routes/listener-templates}
 * @param parameters of that template
 * @param application whose calls they are
 * @param service that is called, by POST
 * @param addresses where messages may come from; must say some, unless callers prove themselves by a certificate
 */
public record Listener(
        String id,
        String title,
        String kind,
        Map<String, String> parameters,
        String application,
        String service,
        AddressRule addresses) {
    public Listener {
        id = Absent.text(id);
        title = Absent.text(title);
        kind = Absent.text(kind);
        parameters = Absent.map(parameters);
        application = Absent.text(application);
        service = Absent.text(service);
        addresses = addresses == null ? AddressRule.ANY : addresses;
    }
}

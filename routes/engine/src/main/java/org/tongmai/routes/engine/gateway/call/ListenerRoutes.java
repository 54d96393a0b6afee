package org.tongmai.routes.engine.gateway.call;

import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.TransportTemplate;
import org.tongmai.routes.engine.gateway.rules.Listener;
import org.tongmai.routes.engine.gateway.rules.TransportKind;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;

/** Opens and closes listeners: each an instance of the route template {@code listener-<kind>}. */
public final class ListenerRoutes {
    private static final int DIGITS = 12;

    private final RouteTemplates templates;

    public ListenerRoutes(CamelContext context) {
        this.templates = new RouteTemplates(context, "listener-");
    }

    /** The kinds of listeners there are templates for. */
    public List<TransportKind> kinds() {
        return templates.kinds();
    }

    /** The same for people, by name. */
    public List<TransportTemplate> described() {
        return templates.described();
    }

    /** The name of a listener's route: as long as it stays, the listener does, whatever else its rule says. */
    public static String name(Listener listener) {
        String text = listener.kind() + new TreeMap<>(listener.parameters());
        String digest = Sm3.hex(text.getBytes(StandardCharsets.UTF_8));
        return "listener." + listener.id() + "." + digest.substring(0, DIGITS);
    }

    /** @throws CodedException {@link GatewayError#LISTENER_NOT_OPENED}; then nothing of it is left */
    public void open(Listener listener) {
        String name = name(listener);
        try {
            templates.start(name, listener.kind(), listener.parameters());
        } catch (Exception e) { // whatever a component throws at start
            templates.remove(name);
            throw new CodedException(Issue.of(GatewayError.LISTENER_NOT_OPENED, listener.id(), why(e)), e);
        }
    }

    private static String why(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return "the address is in use, or not of this node";
            }
        }
        return FailureFacts.place(failure);
    }

    /** Takes nothing more; completes when what is under way is answered, or the time for that is up. */
    public CompletableFuture<Void> drained(String name) {
        return templates.drained(name);
    }

    /** Whether no call by it goes on. */
    public boolean isQuiet(String name) {
        return templates.isQuiet(name);
    }

    /** Closes one that is drained; answers whether nothing is left of it. */
    public boolean close(String name) {
        return templates.remove(name);
    }
}

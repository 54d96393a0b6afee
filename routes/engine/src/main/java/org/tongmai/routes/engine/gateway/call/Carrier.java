package org.tongmai.routes.engine.gateway.call;

import java.util.function.BiConsumer;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** Carries one attempt to a service; its Camel route, as the rest of this package sees it. */
public interface Carrier {
    /**
     * @param call what goes to the service
     * @param url the chosen target; empty where the transport has none
     * @param milliseconds how long it may take
     * @param done told once: the answer, or why there is none
     */
    void carry(HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done);

    /** How many calls it takes at once. */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /** Who needs the route: a call from when it found its service to its answer, and what was copied of it. */
    Presence presence();
}

package org.tongmai.routes.engine.gateway.call;

import java.util.function.BiConsumer;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** Stands where there is no route. */
record NoCarrier(CodedException why, Presence presence) implements Carrier {
    @Override
    public void carry(HttpCall call, String url, long milliseconds, BiConsumer<HttpAnswer, Throwable> done) {
        done.accept(null, why);
    }
}

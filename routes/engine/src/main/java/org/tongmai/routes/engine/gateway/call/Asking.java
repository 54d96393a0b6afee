package org.tongmai.routes.engine.gateway.call;

import java.util.List;
import java.util.Locale;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/**
 * A call with who asks.
 *
 * @param call what goes to the service
 * @param application who calls; empty for nobody known
 * @param received the header fields as they came, before those that are not allowed were taken away
 */
public record Asking(HttpCall call, String application, HttpFields received) {
    private static final String OURS = "x-tongmai-";

    /** The values of a field: as they came, but those only a gateway may say as it said them. */
    List<String> values(String field) {
        boolean ours = field.toLowerCase(Locale.ROOT).startsWith(OURS);
        return (ours ? call.fields() : received).all(field);
    }
}

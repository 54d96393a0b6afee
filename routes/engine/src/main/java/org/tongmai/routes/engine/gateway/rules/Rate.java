package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;

/**
 * How many calls there may be, over all nodes together.
 *
 * @param calls how many; 0 for no limit
 * @param per in how long
 */
public record Rate(int calls, Duration per) {
    /** No limit. */
    public static final Rate NONE = new Rate(0, Duration.ofSeconds(1));

    public Rate {
        per = per == null ? Duration.ofSeconds(1) : per;
    }

    public boolean limits() {
        return calls > 0;
    }
}

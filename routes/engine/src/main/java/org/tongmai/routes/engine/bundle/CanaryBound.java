package org.tongmai.routes.engine.bundle;

import java.time.Duration;

/**
 * What a canary must keep, from {@code canary} in the manifest. Judged on each route of each node over the last five to
 * ten minutes.
 *
 * @param maxErrorRate failed of all, 0 to 1
 * @param maxLatency 95 of 100 messages are through the author's steps in this time; one that is under way for longer
 *     counts, and one that is for {@value #HANGS} times as long breaks the bound alone
 * @param minMessages before as many nothing else is judged
 */
public record CanaryBound(double maxErrorRate, Duration maxLatency, int minMessages) {
    /** After so many times the bound of latency a message hangs: its patient waits behind it, and it may be the last to come. */
    public static final int HANGS = 10;

    /** Where the manifest says nothing: one failure in a hundred, five seconds, twenty messages. */
    public static final CanaryBound DEFAULT = new CanaryBound(0.01, Duration.ofSeconds(5), 20);
}

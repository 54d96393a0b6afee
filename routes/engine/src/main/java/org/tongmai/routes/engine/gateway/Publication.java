package org.tongmai.routes.engine.gateway;

import java.time.Instant;

/**
 * One publication of rules; never changed.
 *
 * @param revision counts publications; the highest is in force
 * @param digest SM3 of the rules, as hex
 * @param note why it was published
 * @param by who published it
 */
public record Publication(long revision, String digest, String note, String by, Instant at) {}

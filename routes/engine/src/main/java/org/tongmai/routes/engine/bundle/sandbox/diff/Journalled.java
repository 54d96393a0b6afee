package org.tongmai.routes.engine.bundle.sandbox.diff;

import org.tongmai.standards.exchange.ReceivedMessage;

/**
 * A message of the journal, to be run again.
 *
 * @param id its number
 * @param feed route it came in by
 * @param message as received
 */
public record Journalled(long id, String feed, ReceivedMessage message) {}

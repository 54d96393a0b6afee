package org.tongmai.routes.engine.delivery;

import java.util.List;

/** Knows which destinations of the running bundles want what; asked inside the commit that writes the outbox. */
public interface Subscriptions {
    /**
     * The route ids that subscribe to the topic, in a stable order; empty when nobody does.
     *
     * @param format data type of the message as it came, for example {@code hl7v2:message}: who wants messages as they
     *     came gets those it understands
     */
    List<String> destinationsFor(String topic, String format);
}

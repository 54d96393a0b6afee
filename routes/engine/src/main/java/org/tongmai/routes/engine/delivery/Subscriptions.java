package org.tongmai.routes.engine.delivery;

import java.util.List;

/** Knows which destinations of the running bundles want what; asked inside the commit that writes the outbox. */
public interface Subscriptions {
    /** The route ids that subscribe to the topic, in a stable order; empty when nobody does. */
    List<String> destinationsFor(String topic);
}

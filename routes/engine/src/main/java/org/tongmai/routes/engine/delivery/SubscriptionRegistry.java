package org.tongmai.routes.engine.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds who subscribes to what. A subscription outlives its route being stopped or broken: what comes in meanwhile
 * waits for it.
 */
public final class SubscriptionRegistry implements Subscriptions {
    /** The topic that means every topic. */
    public static final String EVERY_TOPIC = "*";

    private final Map<String, String> topicByDestination = new ConcurrentSkipListMap<>();

    /**
     * A destination's wish.
     *
     * @param topic canonical channel, or {@code *}
     * @param destination route id of the delivering route
     */
    public record Subscription(String topic, String destination) {}

    /** Adds or replaces the subscription of the destination. */
    public void register(Subscription subscription) {
        topicByDestination.put(subscription.destination(), subscription.topic());
    }

    /** Forgets the destination: nothing more is queued for it. */
    public void remove(String destination) {
        topicByDestination.remove(destination);
    }

    /** Every subscription, in the order of its destination's id. */
    public List<Subscription> all() {
        return topicByDestination.entrySet().stream()
                .map(entry -> new Subscription(entry.getValue(), entry.getKey()))
                .toList();
    }

    @Override
    public List<String> destinationsFor(String topic) {
        return topicByDestination.entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(topic) || entry.getValue().equals(EVERY_TOPIC))
                .map(Map.Entry::getKey)
                .toList();
    }
}

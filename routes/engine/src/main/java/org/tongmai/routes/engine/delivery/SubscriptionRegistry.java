package org.tongmai.routes.engine.delivery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Holds who subscribes to what. A subscription outlives its route being stopped or broken: what comes in meanwhile
 * waits for it.
 */
public final class SubscriptionRegistry implements Subscriptions {
    /** The topic that means every topic. */
    public static final String EVERY_TOPIC = "*";

    private final Map<String, Set<Subscription>> byDestination = new ConcurrentSkipListMap<>();

    /**
     * A destination's wish.
     *
     * @param topic canonical channel, or {@code *}
     * @param destination route id of the delivering route
     * @param format data type of the messages it wants, empty for any
     */
    public record Subscription(String topic, String destination, String format) {
        boolean wants(String published, String came) {
            return (topic.equals(published) || topic.equals(EVERY_TOPIC)) && (format.isEmpty() || format.equals(came));
        }
    }

    /** Adds a wish of its destination; what it wished before stays. */
    public void register(Subscription subscription) {
        byDestination.merge(subscription.destination(), Set.of(subscription), (before, added) -> {
            Set<Subscription> all = new LinkedHashSet<>(before);
            all.addAll(added);
            return Set.copyOf(all);
        });
    }

    /** From now on the destination wishes this alone. */
    public void registerOnly(Subscription subscription) {
        byDestination.put(subscription.destination(), Set.of(subscription));
    }

    /** Forgets the destination: nothing more is queued for it. */
    public void remove(String destination) {
        byDestination.remove(destination);
    }

    /** Every subscription, in the order of its destination's id. */
    public List<Subscription> all() {
        return byDestination.values().stream().flatMap(Set::stream).toList();
    }

    @Override
    public List<String> destinationsFor(String topic, String format) {
        return byDestination.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(wish -> wish.wants(topic, format)))
                .map(Map.Entry::getKey)
                .toList();
    }
}

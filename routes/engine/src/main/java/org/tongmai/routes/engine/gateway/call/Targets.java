package org.tongmai.routes.engine.gateway.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.tongmai.routes.engine.gateway.Gateways.TargetFigures;
import org.tongmai.routes.engine.gateway.Gateways.TargetState;
import org.tongmai.routes.engine.gateway.rules.Transport;
import org.tongmai.routes.engine.gateway.rules.Transport.GreyRule;

/**
 * Chooses where a call goes (负载均衡): the version a grey rule says, there by weight, of two drawn the one with fewer calls
 * under way. A target that could not be reached is left out for some seconds, and one that says it is not well until it says
 * otherwise; unless all are.
 */
final class Targets {
    private static final long LEFT_OUT = TimeUnit.SECONDS.toNanos(3);

    private final List<Place> places = new ArrayList<>();
    private final List<GreyRule> grey;
    private final TargetHealth health;

    /** A target with what is known of it. */
    static final class Place {
        private final Transport.Target target;
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicLong leftOutUntil = new AtomicLong(Long.MIN_VALUE);
        private volatile boolean unwell;

        private Place(Transport.Target target) {
            this.target = target;
        }

        String url() {
            return target.url();
        }

        void begun() {
            underWay.incrementAndGet();
        }

        void ended() {
            underWay.decrementAndGet();
        }

        void notReached() {
            leftOutUntil.set(System.nanoTime() + LEFT_OUT);
        }

        void well(boolean isWell) {
            unwell = !isWell;
        }

        private boolean usable(long now) {
            long until = leftOutUntil.get();
            return !unwell && (until == Long.MIN_VALUE || now - until > 0);
        }

        private double load() {
            return (underWay.get() + 1.0) / target.weight();
        }
    }

    /** @param carrier asks them whether they are well */
    Targets(Transport transport, Carrier carrier) {
        this.grey = transport.grey();
        transport.targets().forEach(target -> places.add(new Place(target)));
        this.health = transport.health() == null ? null : new TargetHealth(transport.health(), places, carrier);
    }

    void askWhereDue(long now) {
        if (health != null) {
            health.askWhereDue(now);
        }
    }

    List<TargetFigures> figures() {
        long now = System.nanoTime();
        return places.stream()
                .map(place -> new TargetFigures(
                        place.url(), place.usable(now) ? TargetState.UP : TargetState.DOWN, place.underWay.get()))
                .toList();
    }

    boolean none() {
        return places.isEmpty();
    }

    /**
     * @param asking what grey rules go by
     * @param before the place the last attempt went to, or null; another is taken where there is one
     */
    Place choose(Asking asking, Place before) {
        List<Place> ofVersion = version(asking);
        long now = System.nanoTime();
        List<Place> usable = new ArrayList<>(ofVersion.size());
        for (Place place : ofVersion) {
            if (place != before && place.usable(now)) {
                usable.add(place);
            }
        }
        List<Place> drawnFrom = usable.isEmpty() ? ofVersion : usable;
        if (drawnFrom.size() == 1) {
            return drawnFrom.get(0);
        }
        Place one = draw(drawnFrom);
        Place other = draw(drawnFrom);
        return one.load() <= other.load() ? one : other;
    }

    private List<Place> version(Asking asking) {
        if (grey.isEmpty()) {
            return places;
        }
        for (GreyRule rule : grey) {
            boolean fits = (rule.applications().isEmpty() || rule.applications().contains(asking.application()))
                    && (rule.field().isEmpty() || asking.values(rule.field()).contains(rule.value()));
            if (fits && (rule.percent() == 0 || ThreadLocalRandom.current().nextInt(100) < rule.percent())) {
                return of(rule.version());
            }
        }
        List<Place> rest = places.stream()
                .filter(place -> grey.stream().noneMatch(rule -> rule.version().equals(place.target.version())))
                .toList();
        return rest.isEmpty() ? places : rest;
    }

    private List<Place> of(String version) {
        return places.stream()
                .filter(place -> place.target.version().equals(version))
                .toList();
    }

    private static Place draw(List<Place> from) {
        int all = 0;
        for (Place place : from) {
            all += place.target.weight();
        }
        int at = ThreadLocalRandom.current().nextInt(all);
        for (Place place : from) {
            at -= place.target.weight();
            if (at < 0) {
                return place;
            }
        }
        return from.get(from.size() - 1);
    }
}

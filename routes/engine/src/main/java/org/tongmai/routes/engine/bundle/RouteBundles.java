package org.tongmai.routes.engine.bundle;

import java.util.List;
import java.util.Optional;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;

/**
 * The deployed bundles and everything that is decided about them: the one way for command line, REST and console. A
 * decision is durable and in the ledger when its call returns, and this node follows it; other nodes follow within a
 * second. Whatever fails leaves everything as it was and throws a {@link org.tongmai.standards.error.CodedException}.
 */
public interface RouteBundles {
    /** Every deployed instance, also stopped and retired ones, by id. */
    List<RouteBundle> all();

    Optional<RouteBundle> find(String instance);

    /** The versions that were taken in, newest first. */
    List<RouteBundle.Release> releases(String bundle);

    /** The latest decisions, newest first. */
    List<RouteBundle.Decided> ledger(String instance, int limit);

    /**
     * Takes a version in and gives it all traffic: of the bundle, or of each tenant's instance.
     *
     * @return the instances
     */
    List<RouteBundle> deploy(SignedArchive candidate, Order order);

    /** Takes a version in and gives it a share of the traffic. */
    List<RouteBundle> canary(SignedArchive candidate, CanaryRule rule, Order order);

    /** Gives the canary all traffic. */
    RouteBundle promote(String instance, Order order);

    /** Ends the canary; without one, brings the release before back. */
    RouteBundle rollBack(String instance, Order order);

    /** Stops its routes, receiving ones first. What is to be delivered waits. */
    RouteBundle stop(String instance, Order order);

    /** Starts a stopped instance, or tries one again that failed. */
    RouteBundle start(String instance, Order order);

    /** Stops it for good: nothing more is queued for its destinations. What was queued stays in the journal. */
    RouteBundle retire(String instance, Order order);

    /**
     * Who decides, and on which ground.
     *
     * @param by account
     * @param generation the one that was looked at, or {@link #ANY}
     */
    record Order(String by, long generation) {
        /** Whatever was decided in between. */
        public static final long ANY = -1;

        public static Order by(String account) {
            return new Order(account, ANY);
        }
    }
}

package org.tongmai.routes.engine.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A deployed bundle, or one tenant's instance of it, as it stands now.
 *
 * @param id {@code <bundle>} or {@code <bundle>.<tenant>}
 * @param bundle id of the bundle
 * @param tenant empty where the bundle is deployed once
 * @param state what is wanted
 * @param generation one more with every decision; say it to be sure that nobody decided in between
 * @param stable the version that runs
 * @param canary the version that takes a share, or null
 * @param rule which share, or null
 * @param nodes what each node runs
 */
public record RouteBundle(
        String id,
        String bundle,
        String tenant,
        BundleState state,
        long generation,
        Version stable,
        Version canary,
        CanaryRule rule,
        List<Node> nodes) {
    public RouteBundle {
        nodes = List.copyOf(nodes);
    }

    /**
     * One version.
     *
     * @param version as in the manifest
     * @param digest SM3 over its files
     * @param title as in the manifest
     * @param figures what passed through it on this node, by route; empty where it does not run here
     */
    public record Version(String version, String digest, String title, Map<String, RouteFigures> figures) {
        public Version {
            figures = Map.copyOf(figures);
        }
    }

    /**
     * What passed through a route of a version in the last five to ten minutes.
     *
     * @param messages how many (a batch is one); those that are under way for longer than the bound of a canary allows too
     * @param errors how many of them failed
     * @param p95Millis 95 of 100 were through in this time, in milliseconds; exact to an eighth
     * @param oldestMillis for how long the oldest of those has been under way; 0 when there is none
     */
    public record RouteFigures(long messages, long errors, long p95Millis, long oldestMillis) {
        public double errorRate() {
            return messages == 0 ? 0 : (double) errors / messages;
        }
    }

    /**
     * What one node runs, in its own words.
     *
     * @param node its name
     * @param generation the decision it follows
     * @param condition how it is
     * @param stable digest it runs, empty when none
     * @param canary digest it runs as canary, empty when none
     * @param issues why it was refused or did not start
     * @param at when it said so
     */
    public record Node(
            String node,
            long generation,
            RunCondition condition,
            String stable,
            String canary,
            List<String> issues,
            Instant at) {
        public Node {
            issues = List.copyOf(issues);
        }
    }

    /** A version that was taken in. */
    public record Release(String bundle, String version, String digest, String author, Instant takenAt) {}

    /**
     * A decision as the ledger has it.
     *
     * @param by account that decided, or {@code platform}
     * @param node where
     * @param digestFrom stable digest before, empty when there was none
     * @param digestTo stable digest after; where a canary begins, the canary's
     * @param figures what it rests on
     */
    public record Decided(
            Instant at,
            String instance,
            long generation,
            BundleDecision decision,
            String by,
            String node,
            BundleState from,
            BundleState to,
            String digestFrom,
            String digestTo,
            Map<String, String> figures) {}
}

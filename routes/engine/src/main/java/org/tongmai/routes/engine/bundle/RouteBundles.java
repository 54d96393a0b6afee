package org.tongmai.routes.engine.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.check.BundleCheck;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.internal.BundleRoutes;
import org.tongmai.routes.engine.bundle.internal.BundleSettings;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Loads a folder of route bundles and runs them. A bundle that breaks a rule is reported with every violation and does
 * not stop the others. Delivering routes of all bundles start before the first receiving route, so nothing comes in
 * that nobody would take away.
 *
 * <pre>{@code
 * RouteBundles bundles = new RouteBundles(camelContext, subscriptions);
 * bundles.load(Path.of("routes/bundles"), BundleOverrides.NONE);
 * }</pre>
 */
public final class RouteBundles {
    private static final Logger LOG = LoggerFactory.getLogger(RouteBundles.class);

    private final CamelContext context;
    private final SubscriptionRegistry subscriptions;
    private final BundleSettings settings = new BundleSettings();
    private final Map<String, BundleRoutes> bundles = new ConcurrentSkipListMap<>();

    public RouteBundles(CamelContext context, SubscriptionRegistry subscriptions) {
        this.context = context;
        this.subscriptions = subscriptions;
        context.getPropertiesComponent().addPropertiesSource(settings);
    }

    /**
     * Reads, checks and starts every bundle in the folder.
     *
     * @param folder whose sub-folders with a {@code route-bundle.json} are bundles
     * @param overrides what the platform sets
     * @throws IllegalStateException when the Camel context has not been started: a route that can not start must not
     *     take the others with it
     */
    public synchronized void load(Path folder, BundleOverrides overrides) {
        if (!context.isStarted()) {
            throw new IllegalStateException("context: " + context.getStatus() + " (expected: Started)");
        }
        List<BundleRoutes> read = new ArrayList<>();
        for (Path bundle : folders(folder)) {
            BundlePlan plan = BundleCheck.check(archive(bundle), overrides, context);
            settings.replace(plan.id(), plan.settings());
            // Also for a refused bundle: what it should have delivered waits for it to be mended.
            plan.subscriptions().forEach(subscriptions::register);
            BundleRoutes routes = new BundleRoutes(context, plan);
            bundles.put(plan.id(), routes);
            read.add(routes);
        }
        read.forEach(BundleRoutes::startDelivering);
        read.forEach(BundleRoutes::startReceiving);
        read.forEach(routes -> report(routes.status()));
    }

    /** Every bundle of the folder, also those that were refused, by id. */
    public List<RouteBundle> loaded() {
        return bundles.values().stream().map(BundleRoutes::status).toList();
    }

    /** Stops the bundle's routes, receiving ones first. What is to be delivered waits. */
    public synchronized void stop(String id) {
        bundle(id).stop();
    }

    /**
     * Starts a stopped or failed bundle.
     *
     * @throws CodedException {@link BundleError#BUNDLE_UNKNOWN}; a start that fails is seen in {@link #loaded()}
     */
    public synchronized void start(String id) {
        BundleRoutes routes = bundle(id);
        routes.startDelivering();
        routes.startReceiving();
        report(routes.status());
    }

    private BundleRoutes bundle(String id) {
        BundleRoutes routes = bundles.get(id);
        if (routes == null) {
            throw new CodedException(Issue.of(BundleError.BUNDLE_UNKNOWN, id, ""));
        }
        return routes;
    }

    private static BundleArchive archive(Path folder) {
        try {
            return BundleArchive.ofFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(BundleArchive.MANIFEST)))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void report(RouteBundle bundle) {
        if (bundle.violations().isEmpty()) {
            LOG.info("bundle {} {}: {} {}", bundle.id(), bundle.version(), bundle.state(), bundle.routes());
            return;
        }
        for (Issue violation : bundle.violations()) {
            LOG.error("bundle {} {}: {}: {}", bundle.id(), bundle.version(), bundle.state(), violation.text());
        }
    }
}

package org.tongmai.routes.engine.bundle.sandbox.standalone;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.model.Model;
import org.apache.camel.spi.PropertiesSource;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.check.BundleCheck;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.sandbox.OverlayMappings;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.internal.Deliverer;
import org.tongmai.routes.engine.bundle.sandbox.internal.SandboxSubscriptions;
import org.tongmai.routes.engine.bundle.sandbox.standalone.internal.PassingJournal;
import org.tongmai.routes.engine.bundle.sandbox.standalone.internal.StandaloneRoutes;
import org.tongmai.routes.engine.channel.SubscriptionFactory;
import org.tongmai.routes.engine.journal.JournalService;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What a Camel context needs to run the files of a bundle as they are: the platform's data types and maps, with the bundle's
 * own rows over them, and the components {@code journal:} and {@code canonical:} over a journal that keeps nothing. One
 * message is done at a time. Its canonical resources become a file, then each delivering route that wants them gets them
 * once, then it is answered. What fails there is told by its code and lost; to wait and to try again is the platform's.
 */
public final class StandaloneBundle implements AutoCloseable {
    private final PassingJournal journal;

    private StandaloneBundle(PassingJournal journal) {
        this.journal = journal;
    }

    /**
     * Prepares a context, before it has routes.
     *
     * @param platform data types and maps
     * @param bundle whose files are run, for its rows and the defaults of its settings; empty for routes of no bundle
     * @param output folder that gets {@code <number>.canonical.json} for each message, as golden files have it
     * @throws CodedException with every rule that the bundle breaks
     */
    public static StandaloneBundle prepare(
            CamelContext context, SandboxPlatform platform, Optional<BundleArchive> bundle, Path output) {
        MappingEngine mappings = bundle.flatMap(
                        archive -> new OverlayMappings(platform::mappings).of(archive, Map.of()))
                .orElse(platform.mappings());
        SandboxSubscriptions subscriptions = new SandboxSubscriptions();
        PassingJournal journal = new PassingJournal(new Deliverer(subscriptions, mappings), output);
        context.getRegistry().bind("journal", JournalService.class, journal);
        context.getRegistry().bind("subscriptions", SubscriptionFactory.class, subscriptions);
        platform.types().register(context);
        bundle.map(archive -> settings(archive, context))
                .ifPresent(settings -> context.getPropertiesComponent().addPropertiesSource(settings));
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new StandaloneRoutes(mappings));
        return new StandaloneBundle(journal);
    }

    /** A setting without a value is the runner's to name: it may be told one. */
    private static Defaults settings(BundleArchive archive, CamelContext context) {
        BundlePlan plan = BundleCheck.check(archive, BundleOverrides.NONE, context);
        List<Issue> violations = plan.violations().stream()
                .filter(issue -> issue.code() != BundleError.SETTING_MISSING)
                .toList();
        if (!violations.isEmpty()) {
            throw new CodedException(violations, null);
        }
        return new Defaults(plan.settings());
    }

    /** The bundle's settings, where nobody set another value. */
    private record Defaults(Map<String, String> values) implements PropertiesSource, Ordered {
        @Override
        public String getName() {
            return "bundle";
        }

        @Override
        public String getProperty(String name) {
            return values.get(name);
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }

        @Override
        public String toString() {
            return "settings of a bundle";
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}

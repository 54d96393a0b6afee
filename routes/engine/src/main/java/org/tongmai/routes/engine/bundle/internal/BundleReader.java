package org.tongmai.routes.engine.bundle.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads a bundle's files into a plan, collecting every violation before anything is decided. */
public final class BundleReader {
    public static final String MANIFEST = "route-bundle.json";
    private static final String README = "README.md";

    private final CamelContext context;
    private final BundleSettings settings;
    private final BundleOverrides overrides;

    public BundleReader(CamelContext context, BundleSettings settings, BundleOverrides overrides) {
        this.context = context;
        this.settings = settings;
        this.overrides = overrides;
    }

    public BundlePlan read(BundleArchive archive) {
        String id = archive.id();
        List<Issue> violations = new ArrayList<>();
        read(archive, README, violations);
        Manifest manifest = Manifest.parse(id, read(archive, MANIFEST, violations), violations);
        SettingsSchema schema = SettingsSchema.parse(read(archive, SettingsSchema.FILE, violations), violations);
        String defaults = archive.file(SettingsSchema.DEFAULTS).isPresent()
                ? read(archive, SettingsSchema.DEFAULTS, violations)
                : "";
        Map<String, String> values = schema.resolve(id, defaults, overrides, violations);
        settings.replace(id, values);
        Routes routes = new Routes(new RouteRules(id, schema::declares, this::kameletExists), values, violations);
        routeFiles(archive, violations).forEach(file -> routes.read(file, read(archive, file, violations)));
        return new BundlePlan(id, manifest, routes.delivering, routes.receiving, routes.subscriptions, violations);
    }

    private boolean kameletExists(String name) {
        return ((ModelCamelContext) context).getRouteTemplateDefinition(name) != null
                || context.getClassResolver().loadResourceAsURL("kamelets/" + name + ".kamelet.yaml") != null;
    }

    private static List<String> routeFiles(BundleArchive archive, List<Issue> violations) {
        List<String> names = archive.names().stream()
                .filter(name -> name.endsWith(RouteFile.SUFFIX) && name.indexOf('/') < 0)
                .toList();
        if (names.isEmpty()) {
            violations.add(Issue.of(BundleError.FOLDER_INCOMPLETE, "*" + RouteFile.SUFFIX, "no route"));
        }
        return names;
    }

    private static String read(BundleArchive archive, String name, List<Issue> violations) {
        Optional<byte[]> content = archive.file(name);
        if (content.isEmpty()) {
            violations.add(Issue.of(BundleError.FOLDER_INCOMPLETE, name, "missing"));
            return "";
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.get()))
                    .toString();
        } catch (CharacterCodingException e) {
            violations.add(Issue.of(BundleError.FOLDER_INCOMPLETE, name, "not UTF-8"));
            return "";
        }
    }

    /** Collects the routes of one bundle. */
    private final class Routes {
        private final RouteRules rules;
        private final Map<String, String> values;
        private final List<Issue> violations;
        private final List<RouteDefinition> delivering = new ArrayList<>();
        private final List<RouteDefinition> receiving = new ArrayList<>();
        private final List<Subscription> subscriptions = new ArrayList<>();

        Routes(RouteRules rules, Map<String, String> values, List<Issue> violations) {
            this.rules = rules;
            this.values = values;
            this.violations = violations;
        }

        void read(String name, String text) {
            int before = violations.size();
            RouteFile file = new RouteFile(name, text, violations);
            rules.check(file, violations).ifPresent(declared -> {
                if (declared.delivers()) {
                    String topic = RouteRules.resolve(declared.topic(), values);
                    subscriptions.add(
                            new Subscription(topic, declared.routeId(), RouteRules.resolve(declared.format(), values)));
                }
                if (violations.size() == before) {
                    parse(file, declared.delivers());
                }
            });
        }

        private void parse(RouteFile file, boolean delivers) {
            try {
                RouteDefinition route = new RouteParser(context).parse(file.name(), rules.withOwnSettings(file.text()));
                if (delivers) {
                    delivering.add(RouteWrapper.delivering(route));
                } else {
                    receiving.add(RouteWrapper.receiving(route));
                }
            } catch (CodedException e) {
                violations.addAll(e.issues());
            }
        }
    }
}

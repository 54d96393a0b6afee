package org.tongmai.routes.engine.bundle.check;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleMappings;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.FileNames;
import org.tongmai.routes.engine.delivery.SubscriptionRegistry.Subscription;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Holds a bundle against the rules, collecting every violation before anything is decided. Starts nothing. */
public final class BundleCheck {
    private static final String README = "README.md";
    private static final String YAML = ".yaml";
    private static final int MOST_ROUTES = 100;
    private static final int MOST_VIOLATIONS = 500;

    private final BundleArchive archive;
    private final CamelContext context;
    private final List<Issue> violations = new ArrayList<>();
    private final List<CheckedRoute> routes = new ArrayList<>();

    private BundleCheck(BundleArchive archive, CamelContext context) {
        this.archive = archive;
        this.context = context;
    }

    /**
     * @param archive the bundle
     * @param overrides what the platform sets
     * @param context where kamelets and Camel's YAML parser are found; need not be started
     * @return what the bundle says, with every violation
     */
    public static BundlePlan check(BundleArchive archive, BundleOverrides overrides, CamelContext context) {
        return new BundleCheck(archive, context).check(overrides);
    }

    private BundlePlan check(BundleOverrides overrides) {
        violations.addAll(FileNames.check(archive.names()));
        text(README);
        Manifest manifest = Manifest.parse(archive.id(), text(BundleArchive.MANIFEST), violations);
        SettingsSchema schema = SettingsSchema.parse(text(SettingsSchema.FILE), violations);
        SettingsFile file = SettingsFile.parse(
                archive.file(SettingsFile.NAME).isPresent() ? text(SettingsFile.NAME) : "", violations);
        Map<String, String> values = schema.resolve(archive.id(), file, overrides, violations);
        RouteRules rules = new RouteRules(archive.id(), schema::declares, Kamelets.of(context));
        routeFiles().forEach(name -> route(rules, values, name));
        archive.names().stream()
                .filter(name -> name.endsWith(YAML) && !name.endsWith(RouteFile.SUFFIX))
                .forEach(name -> YamlLimits.check(name, text(name)).ifPresent(violations::add));
        archive.files().forEach((name, content) -> LiteralSecrets.check(name, content, violations));
        ownRows();
        return new BundlePlan(archive, manifest, values, routes, firstOf(violations));
    }

    /** Rows laid over the platform's maps, where the context knows the maps. */
    private void ownRows() {
        BundleMappings mappings = context.getRegistry().findSingleByType(BundleMappings.class);
        if (mappings == null) {
            return;
        }
        try {
            mappings.of(archive, Map.of());
        } catch (CodedException e) {
            e.issues().forEach(issue -> violations.add(inTheFolder(issue)));
        }
    }

    /** Rows know the bundle they are of by its id before the file's name. */
    private Issue inTheFolder(Issue issue) {
        String before = archive.id() + "/";
        return issue.location().startsWith(before)
                ? new Issue(issue.code(), issue.severity(), issue.location().substring(before.length()), issue.detail())
                : issue;
    }

    /** A hostile bundle can break a rule a million times. */
    private static List<Issue> firstOf(List<Issue> violations) {
        if (violations.size() <= MOST_VIOLATIONS) {
            return violations;
        }
        List<Issue> first = new ArrayList<>(violations.subList(0, MOST_VIOLATIONS));
        first.add(Issue.of(BundleError.LIMIT_EXCEEDED, "", violations.size() + " violations in all"));
        return first;
    }

    private List<String> routeFiles() {
        List<String> names = archive.names().stream()
                .filter(name -> name.endsWith(RouteFile.SUFFIX) && name.indexOf('/') < 0)
                .toList();
        if (names.isEmpty()) {
            violations.add(Issue.of(BundleError.FOLDER_INCOMPLETE, "*" + RouteFile.SUFFIX, "no route"));
        }
        if (names.size() > MOST_ROUTES) {
            violations.add(Issue.of(
                    BundleError.LIMIT_EXCEEDED,
                    names.get(MOST_ROUTES) + ":1",
                    names.size() + " routes, expected at most " + MOST_ROUTES));
            return names.subList(0, MOST_ROUTES);
        }
        return names;
    }

    private void route(RouteRules rules, Map<String, String> values, String name) {
        int before = violations.size();
        if (before > MOST_VIOLATIONS) {
            return;
        }
        RouteFile file = new RouteFile(name, text(name), values, violations);
        rules.check(file, violations).ifPresent(declared -> {
            Optional<Subscription> subscription = declared.delivers()
                    ? Optional.of(new Subscription(
                            Placeholders.resolved(declared.topic(), values),
                            declared.routeId(),
                            Placeholders.resolved(declared.format(), values)))
                    : Optional.empty();
            String source = violations.size() == before ? source(name, file.text()) : "";
            if (violations.size() == before || subscription.isPresent()) {
                // Also for a refused bundle: what it should have delivered waits for it to be mended.
                routes.add(new CheckedRoute(
                        declared.routeId(), name, declared.kamelet(), subscription, source, file.text()));
            }
        });
    }

    private String source(String name, String yaml) {
        try {
            return new RouteParser(context).parse(name, yaml).getInput().getEndpointUri();
        } catch (CodedException e) {
            violations.addAll(e.issues());
            return "";
        }
    }

    private String text(String name) {
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
}

package org.tongmai.routes.engine.bundle.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.routes.engine.bundle.BundleMode;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.GateReport;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.routes.engine.bundle.check.BundleCheck;
import org.tongmai.routes.engine.bundle.check.BundlePlan;
import org.tongmai.routes.engine.bundle.deploy.BundleTables.Taken;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Whether a version may run here: who signed it, whether it keeps the rules, what its golden tests say. */
final class Admission {
    private final CamelContext context;
    private final DeployRules rules;

    Admission(CamelContext context, DeployRules rules) {
        this.context = context;
        this.rules = rules;
    }

    boolean versionsAreFinal() {
        return rules.mode() == BundleMode.PRODUCTION;
    }

    /** The release as it is kept. */
    Taken taken(SignedArchive signed, BundlePlan checked, String author) {
        return new Taken(
                signed, checked.manifest().version(), checked.manifest().title(), author, versionsAreFinal());
    }

    /** The author; empty where nobody signed and nobody need. */
    String author(SignedArchive signed) {
        if (rules.mode() == BundleMode.DEVELOPMENT) {
            return "";
        }
        return rules.authors()
                .orElseThrow(
                        () -> new CodedException(Issue.of(BundleError.AUTHOR_UNKNOWN, "", "no author is trusted here")))
                .verify(signed);
    }

    /**
     * Runs the golden tests, once with the rows of each tenant that has its own and once without; answers their figures
     * for the ledger.
     */
    Map<String, String> test(BundleArchive archive, List<TenantRow> whom) {
        if (rules.gate().isEmpty()) {
            return Map.of("tests", "not run: there is no runner");
        }
        Map<Map<String, String>, TenantRow> overlays = new LinkedHashMap<>();
        whom.forEach(tenant -> overlays.putIfAbsent(tenant.overlayTexts(), tenant));
        Map<String, String> figures = new TreeMap<>();
        int tests = 0;
        for (TenantRow tenant : overlays.values()) {
            GateReport report = rules.gate().get().test(archive, overrides(tenant));
            if (!report.passed()) {
                throw new CodedException(failures(report, tenant), null);
            }
            figures.putAll(report.figures());
            tests += report.tests();
        }
        figures.put("tests", Integer.toString(tests));
        return figures;
    }

    private static List<Issue> failures(GateReport report, TenantRow tenant) {
        return report.failures().stream()
                .map(each -> tenant.overlayTexts().isEmpty() ? each : with(tenant, each))
                .toList();
    }

    private static Issue with(TenantRow tenant, Issue each) {
        String detail = "with the rows of tenant " + tenant.name() + ": " + each.detail();
        return new Issue(each.code(), each.severity(), each.location(), detail);
    }

    /**
     * Holds it against the rules with the settings it gets here.
     *
     * @throws CodedException when a tenant's rows do not fit the maps
     */
    Plan plan(BundleArchive archive, TenantRow tenant) {
        BundlePlan checked = BundleCheck.check(archive, overrides(tenant), context);
        Optional<MappingEngine> mappings =
                checked.refused() ? Optional.empty() : rules.mappings().of(archive, tenant.overlay());
        return new Plan(tenant, checked, mappings);
    }

    /** What the platform and the tenant set. */
    BundleOverrides overrides(TenantRow tenant) {
        return new BundleOverrides() {
            @Override
            public Map<String, byte[]> overlay() {
                return tenant.overlay();
            }

            @Override
            public Optional<String> find(String bundle, String key) {
                return Optional.ofNullable(tenant.settings().get(key))
                        .or(() -> rules.overrides().find(bundle, key));
            }

            @Override
            public boolean shown(String bundle, String key) {
                return tenant.plainSettings().containsKey(key);
            }

            @Override
            public int portOffset() {
                return rules.overrides().portOffset();
            }
        };
    }
}

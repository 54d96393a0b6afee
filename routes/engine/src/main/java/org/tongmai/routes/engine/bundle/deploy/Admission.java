package org.tongmai.routes.engine.bundle.deploy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
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

    /** Runs the golden tests; answers their figures for the ledger. */
    Map<String, String> test(BundleArchive archive, TenantRow tenant) {
        if (rules.gate().isEmpty()) {
            return Map.of("tests", "not run: there is no runner");
        }
        GateReport report = rules.gate().get().test(archive, overrides(tenant));
        if (!report.passed()) {
            throw new CodedException(report.failures(), null);
        }
        Map<String, String> figures = new TreeMap<>(report.figures());
        figures.put("tests", Integer.toString(report.tests()));
        return figures;
    }

    /** Holds it against the rules with the settings it gets here. */
    BundlePlan check(BundleArchive archive, TenantRow tenant) {
        return BundleCheck.check(archive, overrides(tenant), context);
    }

    /** @throws CodedException with every violation */
    Plan plan(BundleArchive archive, TenantRow tenant) {
        BundlePlan checked = check(archive, tenant);
        if (checked.refused()) {
            throw new CodedException(checked.violations(), null);
        }
        return new Plan(tenant, checked, rules.mappings().of(archive, tenant.overlay()));
    }

    private BundleOverrides overrides(TenantRow tenant) {
        return new BundleOverrides() {
            @Override
            public Optional<String> find(String bundle, String key) {
                return Optional.ofNullable(tenant.settings().get(key))
                        .or(() -> rules.overrides().find(bundle, key));
            }

            @Override
            public int portOffset() {
                return rules.overrides().portOffset();
            }
        };
    }
}

package org.tongmai.routes.engine.bundle.deploy;

import java.util.HashMap;
import java.util.Map;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * What is desired, as an instance gets it: read and checked once a decision, however many steps of it ask, and once a
 * start, whose bundles the folder brings and the node then runs. Used under the lock of {@link Decisions}.
 */
final class Plans {
    private final BundleTables tables;
    private final TenantTables tenants;
    private final Admission admission;
    private final Map<Wanted, Plan> made = new HashMap<>();
    private final Map<String, BundleArchive> archives = new HashMap<>();
    private TenantRow beingPut;

    private record Wanted(String digest, String tenant, long revision) {
        static Wanted of(String digest, TenantRow tenant) {
            return new Wanted(digest, tenant.name(), tenant.revision());
        }
    }

    /** @param canary null for none */
    record Pair(Plan stable, Plan canary) {
        /** @throws CodedException with every violation */
        Pair accepted() {
            stable.accepted();
            if (canary != null) {
                canary.accepted();
            }
            return this;
        }
    }

    Plans(Decisions.Books books, Admission admission) {
        this.tables = books.bundles();
        this.tenants = books.tenants();
        this.admission = admission;
    }

    /** What an instance is to run, also where it breaks a rule: what it wants delivered waits for it to be mended. */
    Pair of(Desired desired) {
        TenantRow tenant = tenant(desired.tenant());
        Plan stable = plan(desired.stable(), tenant);
        return new Pair(stable, desired.canary().isEmpty() ? null : plan(desired.canary(), tenant));
    }

    /** A version that need not be in the tables yet, as this tenant gets it. */
    Plan of(BundleArchive archive, TenantRow tenant) {
        archives.put(archive.digest(), archive);
        return plan(archive.digest(), tenant);
    }

    /** A plan made before: for a version that need not be in the tables yet. */
    void keep(Plan plan) {
        archives.put(plan.digest(), plan.checked().archive());
        made.put(Wanted.of(plan.digest(), plan.tenant()), plan);
    }

    /** What is asked for from here on counts with this tenant as it will be; null for all as they are. */
    void putting(TenantRow tenant) {
        beingPut = tenant;
    }

    /** The decision is through: what it was made of is no longer kept. */
    void forget() {
        made.clear();
        archives.clear();
        beingPut = null;
    }

    private Plan plan(String digest, TenantRow tenant) {
        return made.computeIfAbsent(Wanted.of(digest, tenant), wanted -> admission.plan(archive(digest), tenant));
    }

    private BundleArchive archive(String digest) {
        return archives.computeIfAbsent(digest, any -> tables.archive(any).archive());
    }

    /** @throws CodedException {@link DeployError#TENANT_UNKNOWN} */
    TenantRow tenant(String name) {
        if (name.isEmpty()) {
            return TenantRow.NONE;
        }
        if (beingPut != null && beingPut.name().equals(name)) {
            return beingPut;
        }
        return tenants.find(name).orElseThrow(() -> new CodedException(Issue.of(DeployError.TENANT_UNKNOWN, name, "")));
    }
}

package org.tongmai.routes.engine.bundle.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.bundle.BundleDecision;
import org.tongmai.routes.engine.bundle.BundleState;
import org.tongmai.routes.engine.bundle.DeployError;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.archive.SignedArchive;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Deploys at a start what the folder has that was never taken in; what was, is as people decided since. */
final class Seeding {
    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);

    private final Decisions decisions;
    private final Admission admission;
    private final BundleTables tables;
    private final Plans plans;

    Seeding(Decisions decisions, Admission admission, BundleTables tables) {
        this.decisions = decisions;
        this.admission = admission;
        this.tables = tables;
        this.plans = decisions.plans();
    }

    /** Answers what could not be deployed, by the bundle's id, and why. */
    Map<String, List<Issue>> seed(Folder folder) {
        Map<String, List<Issue>> refused = new TreeMap<>(folder.unreadable());
        Set<String> known = tables.digests();
        for (SignedArchive signed : folder.readable()) {
            BundleArchive archive = signed.archive();
            try {
                if (!known.contains(archive.digest())) {
                    seedOnce(signed);
                }
            } catch (RuntimeException e) { // also what nobody has foreseen: the others are deployed
                List<Issue> issues = Unforeseen.issues(e);
                refused.put(archive.id(), issues);
                for (Issue issue : issues) {
                    LOG.error("bundle {} of the folder is not deployed: {}", archive.id(), issue.text());
                }
            }
        }
        return Map.copyOf(refused);
    }

    /** Another node that starts on the same database may be first: then there is nothing left to do. */
    private void seedOnce(SignedArchive signed) {
        try {
            seed(signed);
        } catch (CodedException e) {
            if (e.code() != DeployError.GENERATION_CHANGED) {
                throw e;
            }
            if (!tables.digests().contains(signed.archive().digest())) {
                seed(signed);
            }
        }
    }

    /** Without golden tests: the build ran those of what ships, and a start must not wait for them. */
    private void seed(SignedArchive signed) {
        BundleArchive archive = signed.archive();
        String author = admission.author(signed);
        List<Change> changes = new ArrayList<>();
        Plan plan = null;
        for (TenantRow tenant : decisions.tenantsOf(archive)) {
            Desired before = decisions.desired(archive.id(), tenant);
            boolean changed = before.state() == BundleState.RUNNING && !admission.versionsAreFinal();
            boolean never = before.state() == BundleState.ABSENT && before.generation() == 0;
            if (never || changed) {
                plan = plans.of(archive, tenant).accepted();
                BundleDecision decision = never ? BundleDecision.SEED : BundleDecision.DEPLOY;
                changes.add(new Change(
                        before,
                        before.running(decision.from(before.state()), archive.digest()),
                        decision,
                        Change.PLATFORM,
                        Map.of("source", "folder", "untested", "a start does not wait for golden tests")));
            }
        }
        if (plan != null) {
            tables.decide(changes, admission.taken(signed, plan.checked(), author));
        }
    }
}

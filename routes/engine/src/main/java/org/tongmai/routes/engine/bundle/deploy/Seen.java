package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import org.tongmai.routes.engine.bundle.RunCondition;
import org.tongmai.standards.error.Issue;

/**
 * What this node runs of an instance.
 *
 * @param generation the decision it follows
 * @param stable digest, empty when nothing runs
 * @param canary digest, empty when none runs
 * @param issues why it was refused or did not start
 */
record Seen(long generation, RunCondition condition, String stable, String canary, List<Issue> issues) {
    static final Seen NOTHING = new Seen(-1, RunCondition.STOPPED, "", "", List.of());
}

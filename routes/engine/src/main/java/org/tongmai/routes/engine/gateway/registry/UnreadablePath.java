package org.tongmai.routes.engine.gateway.registry;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.gateway.rules.RuleCheck;

/**
 * A path that this version can not read. What it was to match is not known beyond its first segments; calls of it must not fall
 * to a service that takes what no other does.
 */
final class UnreadablePath {
    private static final String REST = "**";

    private final List<String> known = new ArrayList<>();

    UnreadablePath(String path) {
        for (String segment : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
            if (isVariable(segment) || !RuleCheck.isPath('/' + segment)) {
                break;
            }
            known.add(segment);
        }
    }

    /** Everything it could match. */
    String widest() {
        return '/' + String.join("/", known) + (known.isEmpty() ? "" : "/") + REST;
    }

    /** Whether another takes paths that it could match; one that names each segment was meant to go before. */
    boolean mayBe(String other) {
        String[] segments = other.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].equals(REST) || i >= known.size() && isVariable(segments[i])) {
                return true;
            }
            if (i < known.size() && !isVariable(segments[i]) && !segments[i].equals(known.get(i))) {
                return false;
            }
        }
        return false;
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{") || segment.equals(REST);
    }
}

package org.tongmai.routes.engine.gateway.screen;

import org.tongmai.standards.error.Issue;

/**
 * Why a request is refused. Never holds what was found, only where and by which rule.
 *
 * @param error what it is
 * @param place where it stands
 * @param rule the rule of {@code sql-rules.csv} or {@code markup-rules.csv}, or the bound or format that is broken
 */
public record Finding(ScreenError error, Place place, String rule) {
    /** The same for logs, answers and the audit. */
    public Issue issue() {
        return Issue.of(error, place.text(), rule);
    }
}

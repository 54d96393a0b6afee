package org.tongmai.routes.engine.gateway.rules;

import java.util.List;

/**
 * What the access log says of a service's calls (访问日志).
 *
 * @param level how much
 * @param shown names of parameters and JSON members whose values are written; of all others only their length is
 */
public record LogRule(Level level, List<String> shown) {
    /** Nothing of what went in or out. */
    public static final LogRule DEFAULT = new LogRule(null, null);

    public LogRule {
        level = level == null ? Level.NONE : level;
        shown = Absent.list(shown);
    }

    /** How much is written. */
    public enum Level {
        /** 禁止打印: nothing of the content. */
        NONE,
        /** 入参: what was asked. */
        IN,
        /** 出参: what was answered. */
        OUT,
        /** 全参: both. */
        FULL
    }
}

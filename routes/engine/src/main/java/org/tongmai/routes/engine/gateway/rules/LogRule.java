package org.tongmai.routes.engine.gateway.rules;

import java.util.Set;

/**
 * What is kept of a service's calls: the access log (访问日志), and when the record of the audit log is durable.
 *
 * @param level how much
 * @param shown names of parameters, JSON members, XML elements and attributes whose values are written; of all others only
 *     their length is
 * @param record when the call's record in the audit log is durable; after the answer only on the bus alone
 */
public record LogRule(Level level, Set<String> shown, Record record) {
    /** No line of the access log, the record before the answer. */
    public static final LogRule DEFAULT = new LogRule(null, null, null);

    public LogRule {
        level = level == null ? Level.NONE : level;
        shown = Absent.set(shown);
        record = record == null ? Record.BEFORE_ANSWER : record;
    }

    /** When the record of a call is durable. */
    public enum Record {
        /** Nobody gets an answer that left no record. */
        BEFORE_ANSWER,
        /** The record is under way when the answer goes: a crash in the next milliseconds can lose it. */
        AFTER_ANSWER
    }

    /** How much is written. */
    public enum Level {
        /** 禁止打印: no line; the audit log has the call, without its content. */
        NONE,
        /** 入参: what was asked. */
        IN,
        /** 出参: what was answered. */
        OUT,
        /** 全参: both. */
        FULL
    }
}

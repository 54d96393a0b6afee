package org.tongmai.routes.engine.journal.camel;

import java.util.List;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads the coded issues out of a failure; an uncoded one is named by its class only, since its text may quote data. */
final class Failures {
    private Failures() {}

    static List<Issue> issuesOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded.issues();
            }
        }
        String found = failure == null ? "no exception" : failure.getClass().getSimpleName();
        return List.of(Issue.of(JournalError.INTERNAL, "", "found: " + found));
    }
}

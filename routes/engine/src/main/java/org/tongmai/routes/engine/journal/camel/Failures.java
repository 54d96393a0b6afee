package org.tongmai.routes.engine.journal.camel;

import java.util.List;
import org.tongmai.routes.engine.journal.JournalError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Reads the coded issues out of a failure. An uncoded one is named by the class of its first cause only, since its text
 * may quote data.
 */
final class Failures {
    private Failures() {}

    static List<Issue> issuesOf(Throwable failure) {
        String found = "no exception";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CodedException coded) {
                return coded.issues();
            }
            found = cause.getClass().getSimpleName();
        }
        return List.of(Issue.of(JournalError.INTERNAL, "", "found: " + found));
    }
}

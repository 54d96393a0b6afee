package org.tongmai.standards.error;

import java.util.Objects;

/**
 * What is known of an {@link ErrorCode}: each constant of a module's enum holds one of these and nothing else.
 *
 * @param code {@code TM-<MODULE>-<nnnn>}
 * @param summary what went wrong in one sentence, without any value of the message
 * @param severity how much it weighs
 * @param retryable whether the same input may succeed later without anybody changing it
 * @param wire what it becomes on each wire
 */
public record ErrorFacts(String code, String summary, Severity severity, boolean retryable, Wire wire) {
    public ErrorFacts {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(wire, "wire");
    }
}

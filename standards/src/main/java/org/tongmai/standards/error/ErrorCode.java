package org.tongmai.standards.error;

/**
 * A named failure, {@code TM-<MODULE>-<nnnn>}. Each module has one enum of these; {@code docs/errors.md} has a row for
 * every code, and the build fails on a missing or a duplicate one.
 */
public interface ErrorCode {
    /** The code as written in logs, acknowledgements and documents, for example {@code TM-HL7-0003}. */
    String code();

    /** What went wrong in one sentence, without any value of the message. */
    String summary();

    Severity severity();

    /** Whether the same input may succeed later without anybody changing it. */
    boolean retryable();

    Wire wire();
}

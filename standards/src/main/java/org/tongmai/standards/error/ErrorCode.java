package org.tongmai.standards.error;

/**
 * A named failure, {@code TM-<MODULE>-<nnnn>}. Each module has one enum of these, whose constants hold their
 * {@link ErrorFacts}; {@code docs/errors.md} has a row for every code, and the build fails on a missing or a duplicate
 * one.
 */
public interface ErrorCode {
    ErrorFacts facts();

    /** The code as written in logs, acknowledgements and documents, for example {@code TM-HL7-0003}. */
    default String code() {
        return facts().code();
    }

    /** What went wrong in one sentence, without any value of the message. */
    default String summary() {
        return facts().summary();
    }

    default Severity severity() {
        return facts().severity();
    }

    /** Whether the same input may succeed later without anybody changing it. */
    default boolean retryable() {
        return facts().retryable();
    }

    default Wire wire() {
        return facts().wire();
    }
}

package org.tongmai.adapters.hospital.mllp;

/** Hears of every answer, on the sender's one thread; must be quick. */
@FunctionalInterface
public interface AcknowledgementListener {
    void acknowledged(Acknowledgement acknowledgement);

    /** Is called after the answers that arrived together, to write out what was noted. */
    default void flush() {}
}

package org.tongmai.routes.engine.journal;

import java.util.List;

/** Is told what was stored, after the commit, so that nobody needs to poll the outbox. Must not block. */
@FunctionalInterface
public interface StoredListener {
    void stored(List<Stored> messages);

    /** Is told that a commit failed of which nobody knows whether it was done: something may be stored untold. */
    default void unknown() {}

    /**
     * One message whose canonical data, event and deliveries are durable.
     *
     * @param messageId the journal's number
     * @param patientKey ordering keys of its deliveries, as {@link OrderingKeys} writes them
     * @param destinations route ids; empty when nobody subscribes
     */
    record Stored(long messageId, String patientKey, List<String> destinations) {
        @Override
        public String toString() {
            return "Stored[" + messageId + "]";
        }
    }
}

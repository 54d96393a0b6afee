package org.tongmai.standards.exchange;

/** When the sender gets its positive answer. */
public enum AcknowledgeWhen {
    /** When the message is durable, mapped and stored: the default. */
    PROCESSED,
    /** When the message is durable in the journal; processing follows. */
    ACCEPTED
}

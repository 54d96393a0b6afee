package org.tongmai.standards.exchange;

/**
 * Names that cross the border between adapters, the engine and mappings on a Camel exchange. They start with
 * {@code CamelTongmai} so that Camel's header filters never let a sender set them.
 */
public final class ExchangeNames {
    /** Exchange property, {@link Long}: the journal's number of the message in hand. */
    public static final String MESSAGE_ID = "CamelTongmaiMessageId";

    /** Exchange property, {@link Outcome}: set by the engine when the bundle's route is through. */
    public static final String OUTCOME = "CamelTongmaiOutcome";

    /** Exchange property, {@link ReceivedMessage}: what came in, kept while the body changes. */
    public static final String RECEIVED = "CamelTongmaiReceived";

    /** Exchange property, {@link AcknowledgeWhen}: set by the source adapter before the bundle's first step. */
    public static final String ACKNOWLEDGE_WHEN = "CamelTongmaiAcknowledgeWhen";

    /** Exchange header, {@link Long}: the number of the batch in hand on a delivering route. */
    public static final String BATCH_ID = "CamelTongmaiBatchId";

    /**
     * Exchange property, {@link Boolean}: set by {@code journal:accept}; true when the bundle's own steps are to run,
     * false when the outcome is known already.
     */
    public static final String PROCEED = "CamelTongmaiProceed";

    /**
     * Exchange property, {@code List<Issue>}: why the source adapter could not read what came in. Present only when the
     * message is to be refused; it is journalled as refused all the same.
     */
    public static final String READ_ISSUES = "CamelTongmaiReadIssues";

    /** Exchange property, {@code List<Issue>}: what the source adapter noticed in a message it could read. */
    public static final String READ_WARNINGS = "CamelTongmaiReadWarnings";

    /**
     * Exchange property, {@code List<Issue>}: what a data type noticed while it wrote what leaves: what had no place there, or
     * what the data lack. Present only when there is something; the engine keeps it with the delivery.
     */
    public static final String WRITE_WARNINGS = "CamelTongmaiWriteWarnings";

    /**
     * Exchange property, {@link Long}: set by a replay on the exchange it sends through the feed's route; {@code
     * journal:accept} then writes a child row of this message and does not ask whether it came before.
     */
    public static final String PARENT_ID = "CamelTongmaiParentId";

    /** Exchange property, {@link Outcome}: set by {@code canonical:publish}; what became of the message. */
    public static final String PUBLISHED = "CamelTongmaiPublished";

    /**
     * Exchange property, {@code org.tongmai.mappings.MappingEngine}: set by the engine before the bundle's own steps when
     * its version, or its tenant, has overlay rows; maps messages instead of the platform's.
     */
    public static final String MAPPINGS = "CamelTongmaiMappings";

    /**
     * Beginning of a name in Camel's registry; a message's format follows. The processor of that name prepares the
     * exchange of a replay on the replay's own thread, for what would keep a mapping worker too long. It may set {@link
     * #READ_ISSUES}.
     */
    public static final String REPLAY_READER = "CamelTongmaiReplayReader.";

    /**
     * Exchange property, {@code Consumer<Outcome>}: set by who waits for an exchange. Told the outcome where an {@link
     * Error} outside every step broke the route off, since such an exchange never comes back.
     */
    public static final String BROKEN_OFF = "CamelTongmaiBrokenOff";

    /**
     * Beginning of a name in Camel's registry; the name of a source kamelet follows. The processor of that name makes what the
     * kamelet takes of the bytes of a sample, where its own first step can not.
     */
    public static final String SAMPLE_READER = "CamelTongmaiSampleReader.";

    /**
     * Exchange property, {@link Long}: milliseconds a sink may wait for its answer; set by the gateway, which waits no longer
     * itself. A sink that can give up its request does.
     */
    public static final String TIME_LIMIT = "CamelTongmaiTimeLimit";

    /**
     * Exchange property, {@link java.util.concurrent.Executor}: the thread of the connection the exchange came by. Who goes on
     * after it waited for something elsewhere goes on there: handing over costs less than two threads on one connection.
     */
    public static final String CONNECTION_THREAD = "CamelTongmaiConnectionThread";

    /** Exchange property, {@link String}: the trace of the call in hand; set by the gateway, the same for each attempt. */
    public static final String CALL_TRACE = "CamelTongmaiCallTrace";

    /** Exchange property, {@link String}: the application that calls; set by the gateway where it is known. */
    public static final String CALL_APPLICATION = "CamelTongmaiCallApplication";

    private ExchangeNames() {}
}

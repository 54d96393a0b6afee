package org.tongmai.routes.engine.audit;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.internal.AuditEngine;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** The audit log of one node, running. May be used by many threads at once. */
public interface AuditLog extends AutoCloseable {

    /**
     * What the log is made of.
     *
     * @param dataSource a pool of at least 3 connections that nobody else uses; give it short timeouts
     * @param signer who signs
     * @param meters where block sizes and commit times are recorded
     */
    record Parts(DataSource dataSource, Signer signer, MeterRegistry meters) {}

    /**
     * Who signs the node's chain.
     *
     * @param node who this process is
     * @param key signs checkpoints
     * @param folder outside the database, only this node's: its checkpoints, {@code checkpoints-<year>-<month>.log}, and the
     *     public keys that are taken for a node's whatever the database says, {@code keys/<node>_<anything>.pem}
     */
    record Signer(NodeIdentity node, Sm2PrivateKey key, Path folder) {}

    /**
     * Migrates the schema, finds the end of the node's chain, and begins to sign.
     *
     * @throws SQLException when the database is away
     */
    static AuditLog start(Parts parts, AuditSettings settings) throws SQLException {
        Schema.migrate(parts.dataSource(), "audit");
        return AuditEngine.start(parts, settings);
    }

    /**
     * Hands a record over; never blocks. The future completes when the record is durable, on the thread that writes: do
     * what takes time elsewhere. It completes exceptionally, at once where that is known, with a
     * {@link org.tongmai.standards.error.CodedException}: the act must then be refused.
     */
    CompletableFuture<Void> append(AuditRecord record);

    /**
     * As {@link #append}, and waits; not for event loops.
     *
     * @throws org.tongmai.standards.error.CodedException when the record is not durable
     */
    void write(AuditRecord record);

    /** Whether {@link #append} would take a record now. */
    boolean available();

    /** Looks for records. */
    AuditPage search(AuditQuery query);

    /** Reads the chains anew and compares everything with what was signed; a part at a time. */
    AuditVerdict verify(AuditSpan span);

    /**
     * What shows that one record is as it was written.
     *
     * @param block number of its block in the node's chain
     * @param record its number in the block, from 1
     * @return empty where there is none
     */
    Optional<AuditProof> proof(String node, long block, int record);

    /** What is kept, and for how long. */
    AuditHolding holding();

    /** The keys that sign, of all nodes, as the database has them. */
    List<AuditKey> keys();

    /**
     * Drops the days older than the retention, oldest first; each leaves a signed anchor.
     *
     * @return the days dropped
     */
    List<LocalDate> prune() throws SQLException;

    /** Takes nothing new, commits what waits, signs it, and stops. */
    @Override
    void close();
}

package org.tongmai.routes.engine.journal;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.delivery.Subscriptions;
import org.tongmai.routes.engine.journal.internal.JournalEngine;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.canonical.CanonicalStore;

/**
 * The journal of one node, running. Put {@link #service()} into the Camel registry before routes start, call {@link
 * #recover()} when the bundles run, and {@link #close()} after the Camel context has stopped.
 */
public interface EngineJournal extends AutoCloseable {

    /**
     * What the journal is made of.
     *
     * @param dataSource a pool of at least 6 connections; give it a socket timeout
     * @param store writes canonical data in the journal's transaction
     * @param subscriptions knows who gets what
     * @param node who this process is
     * @param meters where batch sizes and commit times are recorded
     */
    record Parts(
            DataSource dataSource,
            CanonicalStore store,
            Subscriptions subscriptions,
            NodeIdentity node,
            MeterRegistry meters) {}

    /**
     * Migrates the schema, joins the nodes, and finds what this node left unfinished; those patients' messages wait
     * until {@link #recover()}.
     *
     * @throws SQLException when the database is away
     */
    static EngineJournal start(Parts parts, JournalSettings settings) throws SQLException {
        Schema.migrate(parts.dataSource(), "journal");
        return JournalEngine.start(parts, settings);
    }

    /** For the Camel registry. */
    JournalService service();

    /** For the console. */
    Journal journal();

    /** Numbers for what else needs them, for example replays and batches. */
    MessageIds ids();

    /** Is told of every stored message after its commit. */
    void addListener(StoredListener listener);

    /** Begins to take up unfinished messages: call it when every feed runs. */
    void recover();

    /** How many unfinished messages wait to be taken up again. */
    int unfinished();

    /**
     * Drops the days older than the retention, oldest first.
     *
     * @return the days dropped; a day with unsettled messages or deliveries is kept, and so are later ones
     */
    List<LocalDate> prune() throws SQLException;

    /**
     * Drops one day.
     *
     * @throws org.tongmai.standards.error.CodedException {@code TM-JOURNAL-0013} when something of it is not settled
     */
    void prune(LocalDate day) throws SQLException;

    /** Takes nothing new, commits what waits, and stops. */
    @Override
    void close();
}

package org.tongmai.console.server.sample;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditHolding;
import org.tongmai.routes.engine.audit.AuditKey;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditPage;
import org.tongmai.routes.engine.audit.AuditProof;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.audit.AuditSpan;
import org.tongmai.routes.engine.audit.AuditVerdict;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** The real log; a test can have it refuse, as it does while the database is away. */
public final class SampleAudit implements AuditLog {
    private static final Predicate<AuditRecord> NOTHING = record -> false;

    private final AuditLog log;
    private volatile Predicate<AuditRecord> refused = NOTHING;

    SampleAudit(DataSource dataSource, Path folder, String node) throws SQLException {
        Signer signer = new Signer(NodeIdentity.named(node), Sm2PrivateKey.generate(), folder);
        log = AuditLog.start(new Parts(dataSource, signer, new SimpleMeterRegistry()), AuditSettings.defaults());
    }

    /** From now on every record is refused. */
    public void leave() {
        refuse(record -> true);
    }

    /** From now on these records are refused. */
    public void refuse(Predicate<AuditRecord> records) {
        refused = records;
    }

    public void comeBack() {
        refused = NOTHING;
    }

    @Override
    public CompletableFuture<Void> append(AuditRecord record) {
        return refused.test(record) ? CompletableFuture.failedFuture(refusal()) : log.append(record);
    }

    @Override
    public void write(AuditRecord record) {
        if (refused.test(record)) {
            throw refusal();
        }
        log.write(record);
    }

    private static CodedException refusal() {
        return new CodedException(Issue.of(AuditError.UNAVAILABLE, "", ""));
    }

    @Override
    public boolean available() {
        return refused == NOTHING && log.available();
    }

    @Override
    public AuditPage search(AuditQuery query) {
        return log.search(query);
    }

    @Override
    public AuditVerdict verify(AuditSpan span) {
        return log.verify(span);
    }

    @Override
    public Optional<AuditProof> proof(String node, long block, int record) {
        return log.proof(node, block, record);
    }

    @Override
    public AuditHolding holding() {
        return log.holding();
    }

    @Override
    public List<AuditKey> keys() {
        return log.keys();
    }

    @Override
    public List<LocalDate> prune() throws SQLException {
        return log.prune();
    }

    @Override
    public void close() {
        log.close();
    }
}

package org.tongmai.routes.engine.audit.internal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;
import org.tongmai.routes.engine.audit.AuditLog.Parts;
import org.tongmai.routes.engine.audit.AuditLog.Signer;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.routes.engine.database.Schema;
import org.tongmai.routes.engine.node.NodeIdentity;
import org.tongmai.standards.crypto.Sm2PrivateKey;

/** A node with its own folder and key, which outlive its log. */
final class AuditNode {
    final Signer signer;
    private final DataSource dataSource;

    AuditNode(DataSource dataSource, String name, Path folder) {
        this.dataSource = dataSource;
        this.signer = new Signer(NodeIdentity.named(name), Sm2PrivateKey.generate(), folder.resolve(name));
    }

    AuditEngine start() throws SQLException {
        return start(settings(16_384, Duration.ofMillis(200)), InstantSource.system());
    }

    /** As another process of the same node. */
    AuditEngine start(AuditSettings settings, InstantSource clock) throws SQLException {
        Signer again = new Signer(NodeIdentity.named(signer.node().name()), signer.key(), signer.folder());
        Schema.migrate(dataSource, "audit");
        return AuditEngine.start(new Parts(dataSource, again, new SimpleMeterRegistry()), settings, clock);
    }

    static AuditSettings settings(int queue, Duration checkpoint) {
        AuditSettings defaults = AuditSettings.defaults();
        return new AuditSettings(
                queue, 100, Duration.ofMillis(5), Duration.ofMillis(500), checkpoint, defaults.retention());
    }

    static AuditRecord call(String actor, String trace) {
        return new AuditRecord(
                Instant.now(),
                new Actor(actor, "10.0.0.1"),
                "call",
                "service/echo@1.0.0",
                "200",
                trace,
                Figures.lasting(900));
    }

    static AuditQuery query(Term term, String value, String before, int limit) {
        return new AuditQuery(
                Instant.now().minus(Duration.ofHours(1)), Instant.now(), Map.of(term, value), null, before, limit);
    }
}

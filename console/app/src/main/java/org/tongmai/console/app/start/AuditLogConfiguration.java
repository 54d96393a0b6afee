package org.tongmai.console.app.start;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.tongmai.console.app.settings.TongmaiSettings;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.node.LastingWork;
import org.tongmai.standards.crypto.PemKeys;
import org.tongmai.standards.crypto.Sm2PrivateKey;
import org.tongmai.standards.error.CodedException;

/** The audit log: its key is made at the first start and never leaves the data directory. */
@Configuration(proxyBeanMethods = false)
class AuditLogConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLogConfiguration.class);

    @Bean(destroyMethod = "close")
    AuditLog auditLog(
            @Qualifier("audits") HikariDataSource audits,
            EngineConfiguration.Node node,
            DataDirectory data,
            TongmaiSettings settings)
            throws SQLException {
        Sm2PrivateKey key = PemKeys.readPrivate(
                data.secret("audit-key.pem", () -> PemKeys.write(Sm2PrivateKey.generate())), new char[0]);
        AuditLog.Signer signer = new AuditLog.Signer(node.identity(), key, data.folder("audit"));
        AuditLog log = AuditLog.start(
                new AuditLog.Parts(audits, signer, node.meters()),
                settings.audit().engine());
        LOG.info(
                "The audit log of {} is signed with the key {}",
                node.identity().name(),
                key.publicKey().fingerprint());
        return log;
    }

    /** Drops days after the retention. */
    record AuditHousekeeping(ScheduledExecutorService timer) implements AutoCloseable {
        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    @Bean(destroyMethod = "close")
    AuditHousekeeping auditHousekeeping(AuditLog log) {
        ScheduledExecutorService timer = LastingWork.timer("audit-housekeeping");
        timer.scheduleWithFixedDelay(LastingWork.task(() -> prune(log)), 1, 60, TimeUnit.MINUTES);
        return new AuditHousekeeping(timer);
    }

    private static void prune(AuditLog log) {
        try {
            for (LocalDate day : log.prune()) {
                LOG.info("The audit log of {} is older than the retention and was dropped", day);
            }
        } catch (SQLException e) {
            LOG.warn("The audit log could not be pruned, it is tried again: SQLSTATE {}", e.getSQLState());
        } catch (CodedException e) {
            LOG.warn("{} {}: that days were dropped", e.code().code(), e.code().summary());
        }
    }

    /** While it can not be written, acts and calls are refused. */
    @Bean
    HealthIndicator audit(AuditLog log) {
        return () -> log.available()
                ? Health.up().build()
                : Health.down()
                        .withDetail("code", AuditError.UNAVAILABLE.code())
                        .withDetail("summary", AuditError.UNAVAILABLE.summary())
                        .build();
    }
}

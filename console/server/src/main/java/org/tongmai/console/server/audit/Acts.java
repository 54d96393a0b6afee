package org.tongmai.console.server.audit;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditRecord;

/** Writes records of what people do. */
final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

    private final AuditLog log;
    private final AtomicBoolean failing = new AtomicBoolean();

    Acts(AuditLog log) {
        this.log = log;
    }

    /**
     * Before something is done.
     *
     * @throws org.tongmai.standards.error.CodedException when it is not recorded, and so must not be done
     */
    void before(AuditRecord record) {
        log.write(record);
    }

    /** After something was done or refused, when nothing can be taken back; a failure is told in the log of the node. */
    void after(AuditRecord record) {
        log.append(record).whenComplete((done, failure) -> {
            if (failure == null) {
                failing.set(false);
            } else if (!failing.getAndSet(true)) {
                LOG.error(
                        "{} {}: how acts ended is not recorded, that they began is",
                        AuditError.UNAVAILABLE.code(),
                        AuditError.UNAVAILABLE.summary());
            }
        });
    }
}

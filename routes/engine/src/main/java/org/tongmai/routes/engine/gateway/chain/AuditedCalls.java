package org.tongmai.routes.engine.gateway.chain;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Puts every call into the audit log: who, which service, how it ended, how long it took; nothing of its content. */
public final class AuditedCalls implements CallWatch {
    private static final String CALL = "call";

    private final AuditLog audit;

    public AuditedCalls(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void ready() {
        if (!audit.available()) {
            throw new Refusal(Issue.of(AuditError.UNAVAILABLE, "", ""));
        }
    }

    @Override
    public CompletableFuture<Void> ended(Passage passage, HttpAnswer answer, Issue refusal) {
        String service = passage.service() == null ? "" : passage.service().id();
        // Before its signature is verified, a call only says whose it is.
        boolean proven =
                passage.application() != null && (passage.service().passesOnce() ? passage.signed() != null : true);
        String application = proven ? passage.application().id() : "";
        return audit.append(new AuditRecord(
                Instant.now(),
                new AuditRecord.Actor(application, passage.received().remoteAddress()),
                CALL,
                passage.gateway().name().toLowerCase(Locale.ROOT) + "/" + service,
                refusal == null
                        ? Integer.toString(answer.status())
                        : refusal.code().code(),
                passage.trace(),
                new AuditRecord.Figures(
                        TimeUnit.NANOSECONDS.toMicros(passage.elapsed()),
                        passage.received().body().length,
                        answer.body().length,
                        "",
                        "")));
    }

    /** What a call is answered whose record could not be kept. */
    static CodedException notKept(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof CodedException coded
                ? coded
                : new CodedException(Issue.of(AuditError.UNAVAILABLE, "", ""), cause);
    }
}

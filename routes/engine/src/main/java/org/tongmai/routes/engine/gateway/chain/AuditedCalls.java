package org.tongmai.routes.engine.gateway.chain;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.user.User;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;

/** Puts every call into the audit log: who, which service, how it ended, how long it took; nothing of its content. */
public final class AuditedCalls implements CallWatch {
    private static final String CALL = "call";

    private final AuditLog audit;
    private final Pseudonyms pseudonyms;

    /** @param pseudonyms what the log calls users */
    public AuditedCalls(AuditLog audit, Pseudonyms pseudonyms) {
        this.audit = audit;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public void ready() {
        if (!audit.available()) {
            throw new Refused(Issue.of(AuditError.UNAVAILABLE, "", ""));
        }
    }

    @Override
    public CompletableFuture<Void> ended(Passage passage, HttpAnswer answer, Issue refusal) {
        String service = passage.service() == null ? "" : passage.service().id();
        KnownApplication proven = passage.proven();
        String application = proven == null ? "" : proven.id();
        return audit.append(new AuditRecord(
                Instant.now(),
                new AuditRecord.Actor(
                        who(application, passage), passage.received().remoteAddress()),
                CALL,
                passage.gateway().name().toLowerCase(Locale.ROOT) + "/" + service,
                refusal == null
                        ? Integer.toString(answer.status())
                        : refusal.code().code(),
                passage.trace(),
                new AuditRecord.Figures(
                        TimeUnit.NANOSECONDS.toMicros(passage.elapsed()),
                        passage.received().content().length(),
                        answer.content().length(),
                        "",
                        "")));
    }

    /**
     * {@code app}, or {@code user:pseudonym@provider}, or that and the application the user sits at; and by which listener a
     * message came, which proves less.
     */
    private String who(String application, Passage passage) {
        User user = passage.user();
        if (user == null) {
            return passage.listenerId().isEmpty() ? application : application + " by listener " + passage.listenerId();
        }
        return "user:" + pseudonyms.of(user.subject()) + "@" + user.provider()
                + (application.isEmpty() ? "" : " " + application);
    }

    /** What a call is answered whose record could not be kept. */
    static CodedException notKept(Throwable failure) {
        Throwable cause = FailureFacts.unwrapped(failure);
        return cause instanceof CodedException coded
                ? coded
                : new CodedException(Issue.of(AuditError.UNAVAILABLE, "", ""), cause);
    }
}

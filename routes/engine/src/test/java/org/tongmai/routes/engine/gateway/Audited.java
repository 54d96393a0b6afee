package org.tongmai.routes.engine.gateway;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditQuery;

/** What the audit log has of a call. */
final class Audited {
    private Audited() {}

    /** Who made the call that was answered so. */
    static String actor(AuditLog audit, HttpResponse<String> answer) {
        AuditQuery query = new AuditQuery(
                Instant.now().minusSeconds(600),
                Instant.now().plusSeconds(1),
                Map.of(
                        AuditQuery.Term.TRACE,
                        answer.headers().firstValue("x-tongmai-trace").orElseThrow()),
                null,
                "",
                10);
        return audit.search(query).entries().get(0).record().actor().name();
    }
}

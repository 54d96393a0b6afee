package org.tongmai.routes.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.tongmai.routes.engine.audit.AuditLog;
import org.tongmai.routes.engine.audit.AuditQuery;
import org.tongmai.routes.engine.audit.AuditRecord;

/** What the audit log has of a call. */
final class Audited {
    private Audited() {}

    /** Who made the call that was answered so. */
    static String actor(AuditLog audit, HttpResponse<String> answer) {
        return record(audit, answer).actor().name();
    }

    /** The one record of the call that was answered so. */
    static AuditRecord record(AuditLog audit, HttpResponse<String> answer) {
        AuditQuery query = new AuditQuery(
                Instant.now().minusSeconds(600),
                Instant.now().plusSeconds(1),
                Map.of(
                        AuditQuery.Term.TRACE,
                        answer.headers().firstValue("x-tongmai-trace").orElseThrow()),
                null,
                "",
                10);
        var entries = audit.search(query).entries();
        assertThat(entries).hasSize(1);
        return entries.get(0).record();
    }
}

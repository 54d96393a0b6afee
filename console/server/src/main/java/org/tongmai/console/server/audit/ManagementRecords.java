package org.tongmai.console.server.audit;

import java.time.Instant;
import javax.management.ObjectName;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.jolokia.OperationRecords;
import org.tongmai.console.server.jolokia.OperationRules.Kind;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;

/** Records operations on MBeans before they are done; of a refused one, that it was tried. */
final class ManagementRecords implements OperationRecords {
    private final Acts acts;

    ManagementRecords(Acts acts) {
        this.acts = acts;
    }

    @Override
    public void allowed(String who, Operation operation) {
        acts.before(record(who, operation, AuditRecord.BEGUN));
    }

    @Override
    public void refused(String who, Operation operation) {
        acts.after(record(who, operation, ConsoleError.NOT_ALLOWED.code()));
    }

    private static AuditRecord record(String who, Operation operation, String outcome) {
        String act = operation.kind() == Kind.WRITE ? "management.write" : "management.execute";
        String object = name(operation.mbean()) + "#" + operation.member();
        return new AuditRecord(Instant.now(), new Actor(who, address()), act, object, outcome, "", Figures.NONE);
    }

    /** The options of an endpoint's address may hold a secret. */
    private static String name(ObjectName mbean) {
        return mbean == null ? "" : mbean.getCanonicalName().replaceAll("\\?[^,\"]*", "?…");
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getRemoteAddr()
                : "";
    }
}

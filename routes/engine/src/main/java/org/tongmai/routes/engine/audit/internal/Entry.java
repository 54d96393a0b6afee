package org.tongmai.routes.engine.audit.internal;

import org.tongmai.routes.engine.audit.AuditRecord;

/** A record on its way into a block, with its line. */
record Entry(AuditRecord record, byte[] line) {
    static Entry of(AuditRecord record) {
        return new Entry(record, RecordLine.write(record));
    }
}

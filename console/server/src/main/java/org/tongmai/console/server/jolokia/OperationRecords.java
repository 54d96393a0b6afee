package org.tongmai.console.server.jolokia;

import javax.management.ObjectName;
import org.tongmai.console.server.jolokia.OperationRules.Kind;

/** Is told of operations and writes that may change something. */
public interface OperationRecords {
    /** @param member attribute, or operation with or without its signature */
    record Operation(Kind kind, ObjectName mbean, String member) {}

    /** @throws org.tongmai.standards.error.CodedException when it must not be done */
    void allowed(String who, Operation operation);

    void refused(String who, Operation operation);
}

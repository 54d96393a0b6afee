package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What FHIR R4 or this platform demands of a value as a whole, which no single row can see. */
interface TypeRule {
    /**
     * Mends a value that breaks the rule, and notes it.
     *
     * @return whether the value may stand
     */
    boolean keeps(MapRun run, ObjectNode value);
}

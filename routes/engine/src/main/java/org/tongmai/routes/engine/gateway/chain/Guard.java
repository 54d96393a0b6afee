package org.tongmai.routes.engine.gateway.chain;

import org.tongmai.standards.error.CodedException;

/** Judges a call without waiting for anything. */
@FunctionalInterface
interface Guard {
    /** @throws CodedException when the call does not pass */
    void admit(Passage passage);
}

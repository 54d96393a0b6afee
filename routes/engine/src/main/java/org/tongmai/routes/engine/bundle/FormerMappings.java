package org.tongmai.routes.engine.bundle;

import java.util.Optional;
import org.tongmai.mappings.MappingEngine;

/** Finds the rows again that mapped a message of the journal. */
@FunctionalInterface
public interface FormerMappings {
    /**
     * @param feed route the message came in by
     * @param maps which rows, as the journal has it ({@code StoredMessage.maps}); not empty
     * @return empty when they are no longer there: the overlay of its tenant was changed, or they no longer fit the tables
     */
    Optional<MappingEngine> find(String feed, String maps);
}

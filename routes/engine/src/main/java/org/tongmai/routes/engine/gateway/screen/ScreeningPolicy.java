package org.tongmai.routes.engine.gateway.screen;

import java.util.Set;

/**
 * How one service is screened.
 *
 * @param defences against what
 * @param freeTextFields names of parameters, JSON properties, XML elements and HL7 fields ({@code NTE-3}) that people write
 *     sentences into: there only what is certain counts (column {@code fields} of {@code sql-rules.csv})
 * @param limits bounds of what is read
 */
public record ScreeningPolicy(Set<Defence> defences, Set<String> freeTextFields, ScreeningLimits limits) {
    /** Both defences, no field of free text. */
    public static final ScreeningPolicy STRICT =
            new ScreeningPolicy(Set.of(Defence.values()), Set.of(), ScreeningLimits.DEFAULTS);

    public ScreeningPolicy {
        defences = Set.copyOf(defences);
        freeTextFields = Set.copyOf(freeTextFields);
    }
}

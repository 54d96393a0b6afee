package org.tongmai.routes.engine.bundle;

import java.util.List;

/**
 * Which messages a canary takes: exactly one of the three is said.
 *
 * @param hospitals sending facilities (HL7 v2 MSH-4); concerns receiving routes, and delivering ones whose payload is the
 *     original
 * @param types message types, for example {@code ADT^A01}; a batch goes to the canary when all of it is of these
 * @param percent of the patients, more than 0 and at most 100; the same patient is always on the same side. A batch of
 *     several patients goes whole: the share is then of batches, by their number
 */
public record CanaryRule(List<String> hospitals, List<String> types, double percent) {
    /** @throws IllegalArgumentException when none or more than one is said */
    public CanaryRule {
        hospitals = hospitals == null ? List.of() : List.copyOf(hospitals);
        types = types == null ? List.of() : List.copyOf(types);
        int said = (hospitals.isEmpty() ? 0 : 1) + (types.isEmpty() ? 0 : 1) + (percent == 0 ? 0 : 1);
        if (said != 1 || !(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("expected: one of hospitals, types, percent (more than 0, at most 100)");
        }
    }

    public static CanaryRule ofPercent(double percent) {
        return new CanaryRule(List.of(), List.of(), percent);
    }
}

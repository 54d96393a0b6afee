package org.tongmai.routes.engine.bundle.sandbox.golden;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tongmai.mappings.RowAt;
import org.tongmai.routes.engine.bundle.sandbox.StepCoverage;

/**
 * What of a bundle its golden tests ran.
 *
 * @param steps routes and steps
 * @param rows rows of every map of which a row ran, and all rows of the bundle's own
 * @param rowsRun those that had something to write
 */
public record GoldenCoverage(StepCoverage steps, SortedSet<RowAt> rows, SortedSet<RowAt> rowsRun) {
    /** The bundle's own rows that did not run. */
    public SortedSet<RowAt> ownMissed(String bundle) {
        SortedSet<RowAt> missed = new TreeSet<>(rows);
        missed.removeAll(rowsRun);
        missed.removeIf(row -> !row.file().startsWith(bundle + "/"));
        return missed;
    }

    /** For people and ledgers: {@code routes -> 2 of 2}. */
    public Map<String, String> figures() {
        Map<String, String> figures = new TreeMap<>();
        figures.put("routes", steps.routesRun().size() + " of " + steps.routes().size());
        figures.put("steps", steps.stepsRun().size() + " of " + steps.steps().size());
        figures.put("map-rows", rowsRun.size() + " of " + rows.size());
        return figures;
    }
}

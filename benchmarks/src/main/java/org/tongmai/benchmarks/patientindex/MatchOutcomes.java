package org.tongmai.benchmarks.patientindex;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/** What became of the planted records, by case. */
final class MatchOutcomes {
    private final Map<PlantedCase, int[]> counts = new EnumMap<>(PlantedCase.class);

    /** What became of one record. */
    enum Outcome {
        /** With the records of the person it was made of, and nobody else's. */
        LINKED,
        /** With somebody else's records. */
        WRONG,
        /** By itself, and a person is asked about the person it was made of. */
        ASKED,
        /** By itself, and nobody is asked. */
        ALONE
    }

    void add(PlantedCase planted, Outcome outcome) {
        counts.computeIfAbsent(planted, k -> new int[Outcome.values().length])[outcome.ordinal()]++;
    }

    void print(PrintStream out) {
        out.printf("%-34s %-6s %8s %8s %8s %8s%n", "planted", "truth", "linked", "wrong", "asked", "alone");
        counts.forEach((planted, n) ->
                out.printf("%-34s %-6s %8d %8d %8d %8d%n", planted, planted.truth, n[0], n[1], n[2], n[3]));
        int same = sum(PlantedCase.Truth.SAME, 0, 1, 2, 3);
        int right = sum(PlantedCase.Truth.SAME, 0);
        int wrong = sum(PlantedCase.Truth.SAME, 1) + sum(PlantedCase.Truth.OTHER, 0, 1);
        int asked = sum(PlantedCase.Truth.SAME, 2);
        out.printf(
                "precision of links        %.5f (%d wrong of %d)%n", ratio(right, right + wrong), wrong, right + wrong);
        out.printf("recall, linked            %.4f (%d of %d)%n", ratio(right, same), right, same);
        out.printf("recall, linked or asked   %.4f%n", ratio(right + asked, same));
        int others = sum(PlantedCase.Truth.OTHER, 0, 1, 2, 3);
        out.printf("others that a person is asked about: %d of %d%n", sum(PlantedCase.Truth.OTHER, 2), others);
    }

    private int sum(PlantedCase.Truth truth, int... outcomes) {
        int sum = 0;
        for (Map.Entry<PlantedCase, int[]> each : counts.entrySet()) {
            for (int outcome : outcomes) {
                sum += each.getKey().truth == truth ? each.getValue()[outcome] : 0;
            }
        }
        return sum;
    }

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}

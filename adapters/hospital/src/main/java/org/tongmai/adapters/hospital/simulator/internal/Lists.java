package org.tongmai.adapters.hospital.simulator.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The invented lists people, places and results are drawn from. */
final class Lists {
    final List<String[]> surnames = read("surnames.csv");
    final List<String[]> givenNames = read("given-names.csv");
    final List<String[]> streets = read("streets.csv");
    final List<String[]> diagnoses = read("diagnoses.csv");
    final List<String[]> wards = read("wards.csv");
    final List<List<String[]>> panels = panels();

    static <T> T pick(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }

    private static List<List<String[]>> panels() {
        Map<String, List<String[]>> panels = new LinkedHashMap<>();
        for (String[] row : read("panels.csv")) {
            panels.computeIfAbsent(row[0], p -> new ArrayList<>()).add(row);
        }
        return List.copyOf(panels.values());
    }

    private static List<String[]> read(String name) {
        try (InputStream in = Lists.class.getResourceAsStream("/org/tongmai/adapters/hospital/simulator/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

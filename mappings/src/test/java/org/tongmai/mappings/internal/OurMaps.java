package org.tongmai.mappings.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tongmai.standards.error.Issue;

/** Which of our maps follows which table of the guide: the one of its name, and those its head names. */
final class OurMaps {
    private final Map<String, TreeSet<String>> byTable = new HashMap<>();
    private final Map<String, MapFile> files = new HashMap<>();

    OurMaps(Path folder) throws IOException {
        List<Issue> issues = new ArrayList<>();
        MapReader reader = MapReader.including(issues);
        for (String kind : List.of("messages", "segments", "datatypes")) {
            try (Stream<Path> found = Files.list(folder.resolve(kind))) {
                for (Path path : found.sorted().toList()) {
                    String name = path.getFileName().toString().replace(".map.yaml", "");
                    MapFile file = reader.read(name, Files.readString(path));
                    files.put(name, file);
                    add(name, name);
                    file.guide().forEach(table -> add(table.replace("[", "-").replace("]", ""), name));
                }
            }
        }
    }

    private void add(String table, String map) {
        byTable.computeIfAbsent(table, key -> new TreeSet<>()).add(map);
    }

    /** The maps that follow a table ({@code PID[Patient]}); none when nobody does. */
    TreeSet<String> following(String table) {
        return byTable.getOrDefault(table.replace("[", "-").replace("]", ""), new TreeSet<>());
    }

    /** The segment or type a map reads. */
    String from(String map) {
        return files.get(map).from();
    }
}

package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;

/**
 * {@code include} in the head of a map: the rows of the maps named follow its own, as if they stood there, each keeping
 * the file and line it was written at.
 */
final class Includes {
    private final Function<String, MapFile> source;
    private final List<Issue> issues;
    private final Map<String, MapFile> files = new HashMap<>();

    /**
     * @param source reads a map by name; null when there is none
     * @param issues where what is wrong is noted
     */
    Includes(Function<String, MapFile> source, List<Issue> issues) {
        this.source = source;
        this.issues = issues;
    }

    /** The map with this name and all that it includes; null when there is none. */
    MapFile whole(String name) {
        MapFile map = file(name);
        if (map == null || map.include().isEmpty()) {
            return map;
        }
        List<MapRow> rows = new ArrayList<>();
        take(map, map, new Taken(new LinkedHashSet<>(Set.of(name)), new LinkedHashSet<>(), rows));
        return map.withRows(rows);
    }

    /**
     * What was taken so far.
     *
     * @param open the maps being taken in, from the outermost
     * @param names all that were included
     */
    private record Taken(Set<String> open, Set<String> names, List<MapRow> rows) {}

    private void take(MapFile outermost, MapFile map, Taken taken) {
        taken.rows().addAll(map.rows());
        for (MapFile.Include each : map.include()) {
            MapFile included = includable(outermost, each, taken);
            if (included != null) {
                taken.open().add(each.name());
                take(outermost, included, taken);
                taken.open().remove(each.name());
            }
        }
    }

    private MapFile includable(MapFile outermost, MapFile.Include each, Taken taken) {
        if (taken.open().contains(each.name())) {
            refuse(MappingError.MAP_CYCLE, each, String.join(" > ", taken.open()) + " > " + each.name());
            return null;
        }
        if (!taken.names().add(each.name())) {
            refuse(MappingError.MAP_UNREADABLE, each, each.name() + " is included twice");
            return null;
        }
        MapFile included = file(each.name());
        if (included == null) {
            refuse(MappingError.MAP_MISSING, each, "no map " + each.name());
            return null;
        }
        // the structure that a message map reads is its own; its rows name the segments
        boolean sameSource = outermost.message() != null || included.from().equals(outermost.from());
        if (!sameSource || !included.to().equals(outermost.to())) {
            refuse(MappingError.TYPE_MISMATCH, each, each.name() + " makes " + included.name());
            return null;
        }
        if (!included.rowsOnly()) {
            refuse(MappingError.MAP_UNREADABLE, each, each.name() + " is a map of its own, expected rows only");
            return null;
        }
        return included;
    }

    private MapFile file(String name) {
        if (!files.containsKey(name)) {
            files.put(name, source.apply(name));
        }
        return files.get(name);
    }

    private void refuse(MappingError error, MapFile.Include each, String detail) {
        Issue issue = Issue.of(error, each.at().toString(), detail);
        if (!issues.contains(issue)) {
            issues.add(issue);
        }
    }
}

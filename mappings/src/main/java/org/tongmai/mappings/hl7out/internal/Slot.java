package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The entries of a list that rows with the same {@code [name]} write, and what such an entry is told by: the constants
 * written beside it, and the types of the resources it refers to.
 */
final class Slot {
    /** The token of a row that appends to the list. */
    static final String APPENDED = "#";

    /** What an entry of another slot can not be. */
    static final int EXCLUDED = -100;

    /** Elements whose constant is a default rather than what the entry is told by. */
    private static final Set<String> DEFAULTS = Set.of("status", "display", "mode", "intent");

    private final String token;
    private final Map<String, List<Constant>> constants = new LinkedHashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<List<BackPath.Step>> readable = new ArrayList<>();
    private int room;
    private boolean yields;
    private boolean strict;

    /** A value, whether it is always written, and whether another value there excludes the slot. */
    private record Constant(List<BackPath.Step> path, String value, boolean always, boolean excludes) {}

    private record Reference(List<BackPath.Step> path, String type, BackMap map) {}

    Slot(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /** How many entries fit: as many as the field has that takes the most. */
    int room() {
        return room == 0 ? Integer.MAX_VALUE : room;
    }

    /** As many entries as fit. */
    List<Integer> fitting(List<Integer> entries) {
        return entries.size() > room() ? entries.subList(0, room()) : entries;
    }

    void atLeast(int entries) {
        room = Math.max(room, entries);
    }

    /**
     * A constant is written at the path.
     *
     * @param row its row, or the row of a map below
     * @param always whether it is written under no condition
     * @param telling whether another value excludes the slot even where constants of the element are defaults
     */
    void constant(List<BackPath.Step> path, BackRow row, boolean always, boolean telling) {
        boolean named = path.stream()
                .anyMatch(step -> step.slot() != null && step.slot().named());
        boolean isDefault = isDefault(path);
        constants
                .computeIfAbsent(
                        path.stream().map(BackPath.Step::name).collect(Collectors.joining(".")),
                        key -> new ArrayList<>())
                .add(new Constant(path, row.row().constant(), always, always && !named && (!isDefault || telling)));
    }

    private static boolean isDefault(List<BackPath.Step> path) {
        return !path.isEmpty() && DEFAULTS.contains(path.get(path.size() - 1).name());
    }

    /** Whether it is one of several entries, so that a value elsewhere in the list excludes nothing. */
    boolean named() {
        return token.length() > 1 && !token.equals("[1]");
    }

    /** Whether it is the slot of a row that appends. */
    boolean appended() {
        return token.equals(APPENDED);
    }

    /** Whether maps of several segments write into the same entry. */
    boolean shared() {
        return token.isEmpty() || token.equals("[1]") || first() || last();
    }

    /** Whether it is the list's first entry, whoever wrote it. */
    boolean first() {
        return token.equals("[first]");
    }

    /** Whether it is the list's last entry, whoever wrote it. */
    boolean last() {
        return token.equals("[last]");
    }

    /** Whether it comes after the slots beside it: rows that read it say that another field goes before. */
    boolean yields() {
        return yields;
    }

    void giveWay() {
        yields = true;
    }

    boolean hasConstants() {
        return !constants.isEmpty();
    }

    /** Whether an entry is taken only for a constant or reference it carries. */
    void strict() {
        strict = true;
    }

    /** A reference to a resource of the type is written at the path, made by the map where one makes it there. */
    void refers(List<BackPath.Step> path, String type, BackMap map) {
        references.add(new Reference(path, type, map));
    }

    /** What another map writes into the same object tells of it too. */
    void include(Slot other) {
        other.constants.forEach((path, values) ->
                constants.computeIfAbsent(path, key -> new ArrayList<>()).addAll(values));
        references.addAll(other.references);
    }

    /** Something that is read stands at the path. */
    void reads(List<BackPath.Step> path) {
        readable.add(path);
    }

    /** Whether a row reads the entry as a whole, whatever it holds. */
    boolean readsWhole() {
        return readable.stream().anyMatch(List::isEmpty);
    }

    /** Whether rows read everything that an entry holds. */
    boolean covers(JsonNode entry) {
        if (readsWhole()) {
            return true;
        }
        Set<String> read = new HashSet<>(
                constants.keySet().stream().map(path -> path.split("\\.")[0]).toList());
        readable.forEach(path -> read.add(path.get(0).name()));
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            if (!read.contains(names.next())) {
                return false;
            }
        }
        return true;
    }

    /** How well an entry fits: more is better, below zero it may still be the only place. */
    int score(JsonNode entry, Resources resources) {
        if (!readable.isEmpty()
                && readable.stream().allMatch(path -> BackPath.all(entry, path).isEmpty())) {
            return EXCLUDED;
        }
        int score = 0;
        for (List<Constant> ofPath : constants.values()) {
            score += score(entry, ofPath.get(0).path(), ofPath);
        }
        score += references(entry, resources);
        return strict && score <= 1 && !constants.isEmpty() ? EXCLUDED : score;
    }

    private static int score(JsonNode entry, List<BackPath.Step> path, List<Constant> written) {
        List<JsonNode> found = BackPath.all(entry, path);
        boolean excludes = written.stream().anyMatch(Constant::excludes);
        if (found.isEmpty()) {
            return excludes ? -1 : 0;
        }
        int best = excludes ? EXCLUDED : -1;
        for (Constant constant : written) {
            if (found.stream().anyMatch(node -> node.asText().equals(constant.value()))) {
                int weight = isDefault(path) ? 1 : constant.always() ? 3 : 2;
                best = Math.max(best, weight);
            }
        }
        return best;
    }

    private int references(JsonNode entry, Resources resources) {
        boolean found = false;
        for (Reference reference : references) {
            for (JsonNode node : BackPath.all(entry, reference.path())) {
                String target = node.path("reference").asText("");
                if (target.startsWith(reference.type() + "/")) {
                    return 1 + told(reference.map(), resources.at(target), resources);
                }
                found |= target.indexOf('/') > 0;
            }
        }
        return found ? EXCLUDED : 0;
    }

    /** What the resource referred to tells: one that the map does not make belongs elsewhere. */
    private static int told(BackMap map, JsonNode target, Resources resources) {
        if (map == null || target == null) {
            return 0;
        }
        int score = map.self().score(target, resources);
        return score <= EXCLUDED / 2 ? EXCLUDED : Math.max(0, score);
    }
}

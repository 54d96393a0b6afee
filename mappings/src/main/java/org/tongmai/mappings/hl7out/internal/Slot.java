package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
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
    private int room = Integer.MAX_VALUE;
    private boolean yields;
    private boolean strict;

    /** A value, whether it is always written, and whether another value there excludes the slot. */
    private record Constant(List<BackPath.Step> path, String value, boolean always, boolean excludes) {}

    private record Reference(List<BackPath.Step> path, String type) {}

    Slot(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }

    /** How many entries fit. */
    int room() {
        return room;
    }

    void atMost(int entries) {
        room = Math.min(room, entries);
    }

    /**
     * A constant is written at the path.
     *
     * @param row its row, or the row of a map below
     * @param always whether it is written under no condition
     */
    void constant(List<BackPath.Step> path, BackRow row, boolean always) {
        boolean named = path.stream()
                .anyMatch(step -> step.slot() != null && step.slot().named());
        boolean isDefault = isDefault(path);
        constants
                .computeIfAbsent(
                        path.stream().map(BackPath.Step::name).collect(Collectors.joining(".")),
                        key -> new ArrayList<>())
                .add(new Constant(path, row.row().constant(), always, always && !named && !isDefault));
    }

    private static boolean isDefault(List<BackPath.Step> path) {
        return !path.isEmpty() && DEFAULTS.contains(path.get(path.size() - 1).name());
    }

    /** Whether it is one of several entries, so that a value elsewhere in the list excludes nothing. */
    private boolean named() {
        return token.length() > 1 && !token.equals("[1]");
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

    /** A reference to a resource of the type is written at the path. */
    void refers(List<BackPath.Step> path, String type) {
        references.add(new Reference(path, type));
    }

    /** Something that is read stands at the path. */
    void reads(List<BackPath.Step> path) {
        readable.add(path);
    }

    /** How well an entry fits: more is better, below zero it may still be the only place. */
    int score(JsonNode entry) {
        if (!readable.isEmpty()
                && readable.stream().allMatch(path -> BackPath.all(entry, path).isEmpty())) {
            return EXCLUDED;
        }
        int score = 0;
        for (List<Constant> ofPath : constants.values()) {
            score += score(entry, ofPath.get(0).path(), ofPath);
        }
        score += references(entry);
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

    private int references(JsonNode entry) {
        boolean found = false;
        for (Reference reference : references) {
            for (JsonNode node : BackPath.all(entry, reference.path())) {
                String target = node.path("reference").asText("");
                if (target.startsWith(reference.type() + "/")) {
                    return 1;
                }
                found |= target.indexOf('/') > 0;
            }
        }
        return found ? EXCLUDED : 0;
    }
}

package org.tongmai.mappings.hl7out.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.internal.MapFile;

/** One map, read backwards. Built in two steps because maps refer to each other. */
final class BackMap {
    private final String name;
    private final MapFile file;
    private final boolean resource;
    private final boolean dataType;
    private final List<BackRow> rows = new ArrayList<>();
    /** The slots of each list by its path, in the order of the rows. */
    private final Map<String, List<Slot>> slots = new LinkedHashMap<>();
    /** What the resource itself is told by. */
    private final Slot self = new Slot("");

    private BackPath displayed;

    BackMap(String name, MapFile file, boolean resource, boolean dataType) {
        this.name = name;
        this.file = file;
        this.resource = resource;
        this.dataType = dataType;
    }

    String type() {
        return file.to();
    }

    String from() {
        return file.from();
    }

    String name() {
        return name;
    }

    MapFile file() {
        return file;
    }

    /** Where what a reference shows stands in the resource, or null. */
    BackPath displayed() {
        return displayed;
    }

    void displayed(BackPath path) {
        displayed = path;
    }

    boolean resource() {
        return resource;
    }

    boolean dataType() {
        return dataType;
    }

    /** Whether a resource is made by it, rather than added to. */
    boolean makes() {
        return !file.identity().isEmpty();
    }

    List<BackRow> rows() {
        return rows;
    }

    Slot self() {
        return self;
    }

    /** The slot of a list with this token, made at the first call; each row that appends has its own. */
    Slot slot(String list, String token) {
        List<Slot> all = slots.computeIfAbsent(list, key -> new ArrayList<>());
        if (!token.equals(Slot.APPENDED)) {
            for (Slot slot : all) {
                if (slot.token().equals(token)) {
                    return slot;
                }
            }
        }
        Slot slot = new Slot(token);
        all.add(slot);
        return slot;
    }

    /** Entries of its lists are taken only for what they carry. */
    void strict() {
        slots.values().forEach(all -> all.forEach(Slot::strict));
    }

    /** The slots beside this one. */
    List<Slot> beside(Slot slot) {
        for (List<Slot> all : slots.values()) {
            if (all.contains(slot)) {
                return all;
            }
        }
        return List.of(slot);
    }
}

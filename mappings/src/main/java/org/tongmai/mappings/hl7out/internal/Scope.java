package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A group of segments being written: the resource it is made for, what its rows call other resources, its segments. */
final class Scope {
    private final Scope parent;
    private final ObjectNode driver;
    private String leftOver;
    private final Map<String, ObjectNode> named = new HashMap<>();
    private final List<Draft> segments = new ArrayList<>();

    /** @param driver the resource the group is made for, or null */
    Scope(Scope parent, ObjectNode driver) {
        this.parent = parent;
        this.driver = driver;
    }

    Scope parent() {
        return parent;
    }

    ObjectNode driver() {
        return driver;
    }

    /** The resource of the nearest group that is made for one, or null. */
    ObjectNode nearestDriver() {
        return driver != null || parent == null ? driver : parent.nearestDriver();
    }

    /** The group is for what belongs to no resource of the type. */
    void leftOver(String type) {
        leftOver = type;
    }

    /** The type none of which what is written here belongs to, or null. */
    String leftOver() {
        return leftOver;
    }

    void name(String name, ObjectNode resource) {
        named.put(name, resource);
    }

    boolean names(String name) {
        return named.containsKey(name);
    }

    ObjectNode resource(String name) {
        return named.get(name);
    }

    void add(Draft segment) {
        segments.add(segment);
    }

    void remove(Draft segment) {
        segments.remove(segment);
    }

    /** The last segment of this name here or in a group around; null when there is none. */
    Draft segment(String name) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (segments.get(i).name().equals(name)) {
                return segments.get(i);
            }
        }
        return parent == null ? null : parent.segment(name);
    }
}

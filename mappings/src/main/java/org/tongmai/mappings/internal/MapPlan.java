package org.tongmai.mappings.internal;

import java.util.List;

/** One map, compiled. Built in two steps because maps refer to each other. */
final class MapPlan {
    private final String name;
    private final String type;
    private final boolean resource;
    private RowPlan[] rows = {};
    private int slots;
    private IdentityPlan[] identity = {};
    private String[] display = {};
    private RuleSite[] sites = {};
    private boolean valueOnly;

    /** One alternative way to recognise a resource. */
    record IdentityPlan(MapRow.At at, List<FieldPath> from, Identities.Function function) {}

    MapPlan(String name, String type, boolean resource) {
        this.name = name;
        this.type = type;
        this.resource = resource;
    }

    void complete(RowPlan[] compiledRows, int slotCount, IdentityPlan[] keys, String displayPath) {
        rows = compiledRows;
        slots = slotCount;
        identity = keys;
        display = displayPath.isEmpty() ? new String[0] : displayPath.split("\\.");
    }

    /** Where it writes values that a rule is for. */
    void rules(RuleSite[] found) {
        sites = found;
    }

    /** What it makes depends on the value and the sender only. */
    void madeOfTheValueOnly() {
        valueOnly = true;
    }

    boolean valueOnly() {
        return valueOnly;
    }

    RuleSite[] sites() {
        return sites;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    boolean resource() {
        return resource;
    }

    RowPlan[] rows() {
        return rows;
    }

    int slots() {
        return slots;
    }

    IdentityPlan[] identity() {
        return identity;
    }

    String[] display() {
        return display;
    }
}

package org.tongmai.mappings.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;

/** Compiles message maps: the groups of the structure, and which map makes what of which segment. */
final class MessageCompiler {
    private final MapCompiler maps;

    MessageCompiler(MapCompiler maps) {
        this.maps = maps;
    }

    /** @param name what the library calls it */
    MessagePlan compile(String name, MapFile file) {
        maps.begin(name);
        MapFile.MessageHead head = file.message();
        Map<String, GroupPlan> groups = new HashMap<>();
        GroupPlan root = new GroupPlan(file.from(), List.of(), Set.copyOf(head.segments()));
        groups.put("", root);
        for (MapFile.Group group : head.groups()) {
            Set<String> members = new HashSet<>(group.segments());
            members.removeAll(group.opens());
            GroupPlan plan = new GroupPlan(group.name(), group.opens(), members);
            GroupPlan parent = groups.get(group.in());
            if (parent == null) {
                maps.refuse(MappingError.FIELD_UNKNOWN, file.at(), "group " + group.name() + " is in no known group");
                continue;
            }
            parent.children().add(plan);
            groups.put(group.name(), plan);
        }
        Map<String, String> makers = new HashMap<>();
        for (MapRow row : file.rows()) {
            addRow(file, row, groups, makers);
        }
        return new MessagePlan(file.from(), head.topic(), root, rows(root));
    }

    private void addRow(MapFile file, MapRow row, Map<String, GroupPlan> groups, Map<String, String> makers) {
        int dot = row.from().indexOf('.');
        String segment = row.from().substring(dot + 1);
        GroupPlan group = group(file, row, groups, segment);
        if (group == null || row.each() == null) {
            if (row.each() == null) {
                maps.refuse(MappingError.VERB_UNKNOWN, row.at(), "a message row needs each");
            }
            return;
        }
        MapPlan plan = maps.plan(row.each(), row.at());
        if (plan == null) {
            return;
        }
        String type = row.to().indexOf('[') < 0
                ? row.to()
                : row.to().substring(0, row.to().indexOf('['));
        if (!plan.type().equals(type) || !maps.isResource(type)) {
            maps.refuse(MappingError.TYPE_MISMATCH, row.at(), row.each() + " does not make a " + type);
            return;
        }
        if (!maps.wanted(row)) {
            return;
        }
        boolean makes = plan.identity().length > 0;
        String maker = makes ? makers.computeIfAbsent(group.name() + "/" + row.to(), key -> segment) : "";
        Condition[] when = maps.conditions(row, file);
        group.segment(segment)
                .rows()
                .add(new GroupPlan.MessageRow(
                        row.at(), row.to(), plan, maker.equals(segment), maps.required(row), when));
    }

    private static List<MapRow.At> rows(GroupPlan group) {
        List<MapRow.At> rows = new ArrayList<>();
        group.segments().forEach(segment -> segment.rows().forEach(row -> rows.add(row.at())));
        group.children().forEach(child -> rows.addAll(rows(child)));
        return rows;
    }

    private GroupPlan group(MapFile file, MapRow row, Map<String, GroupPlan> groups, String segment) {
        int dot = row.from().indexOf('.');
        List<GroupPlan> found = new ArrayList<>();
        for (GroupPlan group : groups.values()) {
            boolean named = dot < 0 || group.name().equals(row.from().substring(0, dot));
            if (named && group.declares(segment)) {
                found.add(group);
            }
        }
        if (found.size() != 1) {
            String problem = found.isEmpty() ? " is in no group of " : " is in several groups of ";
            maps.refuse(MappingError.FIELD_UNKNOWN, row.at(), row.from() + problem + file.from());
            return null;
        }
        return found.get(0);
    }
}

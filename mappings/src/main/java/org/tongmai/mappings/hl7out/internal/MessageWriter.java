package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.internal.FieldPath;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;

/** Writes the segments of one message in the order of its structure. */
final class MessageWriter {
    private final MessagePlan plan;
    private final Writing message;
    private final Fields fields;
    private final Names names;
    private final Map<Integer, String> headerFills;
    private final List<Draft> written = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private int fromData;
    private final Map<String, Set<JsonNode>> used = new HashMap<>();

    /** @param headerFills what MSH holds where the data do not say */
    MessageWriter(MessagePlan plan, Writing message, Fields fields, Map<Integer, String> headerFills) {
        this.headerFills = headerFills;
        this.plan = plan;
        this.message = message;
        this.fields = fields;
        this.names = new Names(plan, message.resources());
    }

    List<Draft> write() {
        Scope root = new Scope(null, null);
        root.add(message.header());
        plan.structure()
                .segments()
                .forEach(node -> write(node, root, plan.structure().map()));
        return written;
    }

    List<Issue> issues() {
        return issues;
    }

    private void write(Structure.Node node, Scope scope, String group) {
        boolean gone = node.before() != null && message.has(node.before());
        if (node.not().contains(message.trigger()) || !message.has(node.since()) || gone) {
            return;
        }
        if (node.segment() != null) {
            segments(node, scope, group);
            return;
        }
        List<ObjectNode> drivers = node.of() == null ? List.of() : candidates(node, scope, node.group());
        for (ObjectNode driver : drivers) {
            if (isTold(node, driver)) {
                continue;
            }
            Scope inner = new Scope(scope, driver);
            inner.name(node.of(), driver);
            group(node, inner);
        }
        if (node.of() == null || node.rest()) {
            rest(node, scope);
        }
    }

    /** The group without a resource of its own: kept when anything in it comes from the data. */
    private void rest(Structure.Node node, Scope scope) {
        Scope inner = new Scope(scope, null);
        if (node.of() != null) {
            inner.name(node.of(), null);
            inner.leftOver(node.of());
        }
        int before = written.size();
        int data = fromData;
        group(node, inner);
        if (node.rest() && fromData == data) {
            written.subList(before, written.size()).clear();
        }
    }

    private void group(Structure.Node node, Scope scope) {
        for (Structure.Node child : node.segments()) {
            int before = written.size();
            write(child, scope, node.group());
            if (child.opens() && written.size() == before) {
                return;
            }
        }
    }

    private void segments(Structure.Node node, Scope scope, String group) {
        int before = written.size();
        if (node.of() == null) {
            segment(node, scope, scope, group);
        } else if (node.split() != null) {
            split(node, scope, group);
        } else {
            for (ObjectNode resource : candidates(node, scope, group)) {
                if (message.resources().isTold(resource)) {
                    continue; // by a field of the segment before
                }
                Scope inner = new Scope(scope, null);
                inner.name(node.of(), resource);
                segment(node, scope, inner, group);
            }
        }
        if (node.required() && written.size() == before && (scope.parent() == null || scope.driver() != null)) {
            issues.add(Issue.of(MappingError.REQUIRED_MISSING, node.segment(), "nothing in the data to write it from"));
        }
    }

    /** The resources of the name that belong to the group and have not been written under it. */
    private List<ObjectNode> candidates(Structure.Node node, Scope scope, String group) {
        SegmentRow row = row(node, group);
        if (row == null) {
            return List.of();
        }
        Set<JsonNode> done = used.computeIfAbsent(node.of(), key -> Collections.newSetFromMap(new IdentityHashMap<>()));
        ObjectNode to = node.to() == null ? null : linked(node, scope, group);
        if (node.to() != null && to == null) {
            return List.of();
        }
        ObjectNode driver = to == null ? scope.nearestDriver() : to;
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode candidate : message.resources().ofType(row.type(), driver)) {
            boolean belongs = driver == null
                    || (node.by() == null
                            ? message.resources().linked(candidate, driver)
                            : Resources.refers(driver, node.by(), candidate));
            boolean told = isTold(node, candidate) || !isMeant(node, candidate);
            if (belongs && !told && !done.contains(candidate) && names.score(row, candidate) > Slot.EXCLUDED / 2) {
                done.add(candidate);
                found.add(candidate);
            }
        }
        // stable: others stay in the order of the data
        found.sort((a, b) -> Boolean.compare(isUnlikely(row, a), isUnlikely(row, b)));
        return found;
    }

    /** The resource that those of the node are linked with; null when there is none. */
    private ObjectNode linked(Structure.Node node, Scope scope, String group) {
        return plan.rows().stream()
                .filter(row -> row.resource().equals(node.to())
                        && (row.group() == null || row.group().equals(group)))
                .findFirst()
                .map(row -> names.resource(row, scope))
                .orElse(null);
    }

    /** Whether a field told of the resource, and nothing more is to be said of it. */
    private boolean isTold(Structure.Node node, ObjectNode resource) {
        return message.resources().isTold(resource) && (node.told() == null || !resource.has(node.told()));
    }

    private boolean isMeant(Structure.Node node, ObjectNode candidate) {
        boolean has = node.has() == null || BackPath.has(candidate, node.has());
        boolean other = isLeft(node, candidate);
        boolean free = node.free().isEmpty()
                || (node.free().contains("*") || message.resources().hasAny(node.free()))
                        && message.resources().isFree(candidate, node.free());
        return has && !other && free;
    }

    private static boolean isLeft(Structure.Node node, JsonNode candidate) {
        return node.unless().stream().anyMatch(path -> BackPath.has(candidate, path));
    }

    private boolean isUnlikely(SegmentRow row, ObjectNode candidate) {
        return names.score(row, candidate) <= Names.UNLIKELY;
    }

    private SegmentRow row(Structure.Node node, String group) {
        String segment = node.segment();
        return plan.rows().stream()
                .filter(row -> row.resource().equals(node.of())
                        && (segment == null || row.segment().equals(segment))
                        && (row.group() == null || row.group().equals(group) || segment == null))
                .findFirst()
                .orElse(null); // rows of the other extent
    }

    private void split(Structure.Node node, Scope scope, String group) {
        SegmentRow row = row(node, group);
        ObjectNode resource = row == null ? null : names.resource(row, scope);
        if (resource == null) {
            return;
        }
        for (JsonNode entry : entries(resource.path(node.split()))) {
            ObjectNode view = resource.objectNode();
            view.setAll(resource);
            if (entry.isTextual()) {
                view.set(node.split(), entry);
                message.resources().claims(resource).add(new Element(resource, node.split(), -1, entry));
            } else {
                view.putArray(node.split()).add(entry);
            }
            if (!message.resources().claims(resource).touches(entry) && !isLeft(node, entry)) {
                Scope inner = new Scope(scope, null);
                inner.name(node.of(), view);
                message.resources().shareClaims(view, resource);
                segment(node, scope, inner, group);
            }
        }
    }

    /** The entries of a list, or the lines of a text. */
    private static List<JsonNode> entries(JsonNode list) {
        List<JsonNode> entries = new ArrayList<>();
        if (list.isTextual()) {
            list.textValue().lines().forEach(line -> entries.add(TextNode.valueOf(line)));
        } else {
            list.forEach(entries::add);
        }
        return entries;
    }

    private void segment(Structure.Node node, Scope group, Scope scope, String groupName) {
        Draft draft = node.segment().equals("MSH") ? message.header() : new Draft(node.segment());
        if (draft != message.header()) {
            group.add(draft);
        }
        List<SegmentRow> rows = new ArrayList<>(plan.rows(node.segment(), groupName));
        ObjectNode driver = scope.nearestDriver();
        rows.sort(Comparator.comparing(row -> driver == null || names.resource(row, scope) != driver));
        for (SegmentRow row : rows) {
            if (node.alone() && !row.resource().equals(node.of())) {
                continue;
            }
            ObjectNode resource = names.resource(row, scope);
            if (resource != null) {
                run(row, resource, draft, scope);
            }
        }
        if (draft.isEmpty() && !node.required()) {
            group.remove(draft);
            return;
        }
        fromData += draft.isEmpty() ? 0 : 1;
        node.fill().forEach((field, with) -> fill(draft, field, with, scope));
        if (draft == message.header()) {
            headerFills.forEach((number, text) -> fill(draft, "MSH-" + number, Fill.text(text), scope));
        }
        if (draft.isEmpty()) {
            group.remove(draft);
            return;
        }
        written.add(draft);
        requireAll(node, draft);
    }

    /** A segment without a field that HL7 requires is not valid: the message is refused, or it is told. */
    private void requireAll(Structure.Node node, Draft draft) {
        for (int number : fields.required(draft.name())) {
            boolean separators = draft == message.header() && number <= 2;
            String field = draft.name() + "-" + number;
            if (!separators && draft.field(number).isEmpty()) {
                Severity severity = node.tells().contains(field) ? Severity.WARNING : Severity.ERROR;
                issues.add(new Issue(MappingError.REQUIRED_MISSING, severity, field, "nothing in the data"));
            }
        }
    }

    private void run(SegmentRow row, ObjectNode resource, Draft draft, Scope scope) {
        Claims claims = message.resources().claims(resource);
        Draft before = draft.copy();
        int mark = claims.mark();
        BackRun run = new BackRun(new BackRun.Target(message, scope, draft, null), row.map(), resource, claims);
        boolean kept = run.execute() && run.holds(row.when());
        if (!kept) {
            draft.restore(before);
            claims.giveBack(mark);
        }
    }

    /** Fills a field that is still empty. */
    private void fill(Draft draft, String field, Fill with, Scope scope) {
        FieldPath path = FieldPath.parse(field, "");
        Cell cell = draft.cell(path, 0);
        if (!(path.component() > 0 ? cell : draft.field(path.field())).isEmpty()) {
            return;
        }
        switch (with.kind()) {
            case NUMBER ->
                cell.set(Long.toString(written.stream()
                                .filter(each -> each.name().equals(draft.name()))
                                .count()
                        + 1));
            case EVENT -> cell.set(message.trigger());
            case TIME -> cell.set(message.header().field(7).text());
            case ACTION -> cell.set(with.words().get(message.opens() ? 0 : 1));
            case COPY -> copy(with.field(), draft.field(path.field()), scope);
            case TEXT -> text(with.words(), cell);
        }
    }

    private static void text(List<String> components, Cell cell) {
        for (int i = 0; i < components.size(); i++) {
            Cell part = components.size() == 1 ? cell : cell.part(i + 1);
            if (!components.get(i).isEmpty()) {
                part.set(components.get(i));
            }
        }
    }

    /** Writes what another field of a segment before holds. */
    private static void copy(FieldPath from, Cell cell, Scope scope) {
        Draft there = scope.segment(from.segment());
        if (there != null) {
            cell.become(there.field(from.field()).copy());
        }
    }
}

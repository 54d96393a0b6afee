package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.tongmai.mappings.internal.FieldPath;

/** One map being read backwards: an object is read, a segment or a value in it is written. */
final class BackRun {
    private final Writing message;
    private final Scope scope;
    private final Draft segment;
    private final BackMap map;
    private final ObjectNode node;
    private final Claims claims;
    private final Cell value;
    private final Map<JsonNode, Assignment> assignments = new IdentityHashMap<>();
    private BackRow row;
    private int repetition;
    private boolean forcing;
    /** Whether the rows of another map read the same object, so that what is too much is left to them. */
    private boolean besideOthers;

    /**
     * What is written into.
     *
     * @param message the whole message
     * @param scope the group around the segment
     * @param segment the segment
     * @param value the value in hand of a data type map; null over a segment
     */
    record Target(Writing message, Scope scope, Draft segment, Cell value) {}

    BackRun(Target target, BackMap map, ObjectNode node, Claims claims) {
        this.message = target.message();
        this.scope = target.scope();
        this.segment = target.segment();
        this.value = target.value();
        this.map = map;
        this.node = node;
        this.claims = claims;
    }

    /** Runs all rows; says whether anything was written. */
    boolean execute() {
        boolean wrote = false;
        for (BackRow each : map.rows()) {
            if (each.constant() && tellsOwnField(each)) {
                forcing = true;
                wrote |= constant(each);
                forcing = false;
            }
        }
        List<BackRow> again = new ArrayList<>();
        for (BackRow each : map.rows()) {
            boolean done = !each.constant() && !each.yields() && execute(each);
            wrote |= done;
            if (!done && (each.worthAnotherTry() || each.yields())) {
                again.add(each);
            }
        }
        forcing = true;
        for (BackRow each : again) {
            wrote |= each.constant() ? constant(each) : execute(each);
        }
        forcing = false;
        return wrote;
    }

    /** Whether a constant says what its own field was, and no other row reads that field as it is. */
    private boolean tellsOwnField(BackRow each) {
        boolean own = each.when().stream()
                .anyMatch(condition -> condition.kind().equals("equals")
                        && condition.fields().get(0).equals(each.from()));
        return own
                && map.rows().stream()
                        .noneMatch(other -> !other.constant()
                                && other.code() == null
                                && each.from().equals(other.from()));
    }

    /** The constant stands there: then its conditions held. */
    private boolean constant(BackRow each) {
        boolean tells =
                each.when().stream().anyMatch(condition -> condition.kind().equals("equals"));
        if (!tells || each.path() == null) {
            return false;
        }
        row = each;
        for (Element element : select(each)) {
            if (element.value().asText().equals(each.row().constant())) {
                Draft before = segment.copy();
                if (hold(each, 1)) {
                    claims.add(element);
                    return true;
                }
                segment.restore(before);
            }
        }
        return false;
    }

    private boolean execute(BackRow each) {
        row = each;
        if (each.path() == null) {
            return attempt(each, null, 0, 1);
        }
        List<Element> elements = select(each);
        boolean primitives = map.dataType() && each.each() == null && each.code() == null;
        if (primitives && elements.size() > 1) {
            return besideOthers ? attempt(each, elements.get(0), 0, 1) : joined(each, elements);
        }
        boolean wrote = false;
        int at = 0;
        for (Element element : elements) {
            boolean done = attempt(each, element, at, elements.size());
            at += done ? 1 : 0;
            wrote |= done;
        }
        return wrote;
    }

    /** More texts than the data type has places: the last place takes the rest, a blank between. */
    private boolean joined(BackRow each, List<Element> elements) {
        StringJoiner text = new StringJoiner(" ");
        elements.forEach(element -> text.add(Values.text(each, element)));
        Cell cell = cell(each.from(), 0);
        boolean wrote = cell != null && hold(each, 1) && cell.set(text.toString());
        if (wrote) {
            elements.forEach(claims::add);
        }
        return wrote;
    }

    private boolean attempt(BackRow each, Element element, int at, int entries) {
        repetition = at;
        Draft before = each.when().isEmpty() ? null : segment.copy();
        int mark = claims.mark();
        if (write(each, element) && hold(each, entries)) {
            return true;
        }
        if (before != null) {
            segment.restore(before);
        }
        claims.giveBack(mark);
        return false;
    }

    /** Whether conditions of the segment as a whole hold, or can be made to. */
    boolean holds(List<BackCondition> conditions) {
        row = null;
        forcing = true;
        boolean hold = conditions.stream()
                .filter(condition -> condition.fields().stream()
                        .allMatch(field ->
                                segment(field.segment()) != null)) // of one still to be written nothing is known
                .allMatch(condition -> condition.holds(this, 1));
        forcing = false;
        return hold;
    }

    private boolean hold(BackRow each, int entries) {
        row = each;
        return each.when().stream().allMatch(condition -> condition.holds(this, entries));
    }

    private boolean write(BackRow each, Element element) {
        Cell cell = each.wholeSegment() || each.from() == null ? null : cell(each.from(), repetition);
        if (cell == null && !each.wholeSegment()) {
            return false;
        }
        if (each.each() != null) {
            return nested(each, element, cell);
        }
        JsonNode read = element.value();
        if (each.barredFor(element.parent()) || shownElsewhere(each, element)) {
            return false;
        }
        if (read.isNull()) {
            return element.parent() == node && !map.dataType() && cell != null && cell.set("\"\"");
        }
        if (claims.has(element)) {
            return false;
        }
        boolean wrote;
        if (each.row().call() != null) {
            Inverse inverse = Inverses.named(each.row().call());
            wrote = inverse != null && inverse.write(this, element, cell);
        } else if (each.code() != null) {
            boolean waits = !forcing && cell.isEmpty() && message.codes().waits(each.code(), read);
            wrote = !waits && message.codes().write(each.code(), read, cell);
        } else {
            String text = Values.text(each, element);
            wrote = !text.isEmpty() && cell.set(text);
        }
        if (wrote) {
            claims.add(element);
        }
        return wrote;
    }

    /** What a reference shows is part of the resource it leads to. */
    private boolean shownElsewhere(BackRow each, Element element) {
        return element.name().equals("display")
                && each.each() == null
                && message.resources()
                        .leadsTo(element.parent().path("reference").asText(""));
    }

    private boolean nested(BackRow each, Element element, Cell cell) {
        Target inner = new Target(message, scope, segment, cell != null ? cell : value);
        if (element == null) {
            BackRun beside = new BackRun(inner, each.each(), node, claims);
            beside.besideOthers = true;
            return beside.execute();
        }
        if (!(element.value() instanceof ObjectNode object) || each.barredFor(object)) {
            return false;
        }
        if (!each.each().resource()) {
            return new BackRun(inner, each.each(), object, claims).execute();
        }
        ObjectNode target = message.resources().referred(object, each.each(), node);
        boolean wrote = target != null && new BackRun(inner, each.each(), target, new Claims()).execute();
        if (wrote) {
            claims.add(element);
            message.resources().told(target);
        }
        return wrote;
    }

    private List<Element> select(BackRow each) {
        List<Element> found = new ArrayList<>();
        walk(node, each.path().steps(), 0, found);
        return found;
    }

    private void walk(ObjectNode parent, List<BackPath.Step> steps, int at, List<Element> found) {
        BackPath.Step step = steps.get(at);
        JsonNode child = parent.get(step.name());
        if (child == null) {
            return;
        }
        if (child.isArray()) {
            if (step.slot() == null) {
                return;
            }
            if (step.slot().first() || step.slot().last()) {
                int index = step.slot().first() ? 0 : child.size() - 1;
                take(new Element(parent, step.name(), index, child.path(index)), steps, at, found);
                return;
            }
            Assignment assignment = assignments.computeIfAbsent(
                    child,
                    list -> Assignment.of(
                            list,
                            map.beside(step.slot()),
                            entry -> taken(step.slot(), new Element(parent, step.name(), entry, list.get(entry)))));
            for (int index : assignment.entries(step.slot())) {
                take(new Element(parent, step.name(), index, child.get(index)), steps, at, found);
            }
        } else {
            take(new Element(parent, step.name(), -1, child), steps, at, found);
        }
    }

    /** Whether an entry stands in the message already, and nothing more is to be read of it. */
    private boolean taken(Slot slot, Element entry) {
        return claims.has(entry) || !slot.shared() && !map.dataType() && claims.touches(entry.value());
    }

    private void take(Element element, List<BackPath.Step> steps, int at, List<Element> found) {
        if (at == steps.size() - 1) {
            found.add(element);
        } else if (element.value() instanceof ObjectNode object) {
            walk(object, steps, at + 1, found);
        }
    }

    /** Where a path of this map leads in the message; null when the segment is not there or the place is too deep. */
    Cell cell(FieldPath path, int at) {
        if (path.relative()) {
            return value == null ? null : Draft.inside(value, path);
        }
        if (path.field() == 0) {
            return null;
        }
        Draft there = segment(path.segment());
        return there == null ? null : there.cell(path, map.dataType() ? 0 : at);
    }

    /** The repetition in hand, when the path leads to the field of the row in hand. */
    int repetition(FieldPath path) {
        FieldPath own = row == null ? null : row.from();
        boolean same = own != null
                && !own.relative()
                && own.field() == path.field()
                && own.segment().equals(path.segment());
        return same ? repetition : 0;
    }

    /** The segment in hand when it has this name, or the nearest of that name written before; null when there is none. */
    Draft segment(String name) {
        return segment.name().equals(name) ? segment : scope.segment(name);
    }

    Draft segment() {
        return segment;
    }

    /** The field of the row in hand, or null. */
    FieldPath field() {
        return row == null ? null : row.from();
    }

    Writing message() {
        return message;
    }

    /** Whether an empty field may be filled so that a condition holds. */
    boolean forcing() {
        return forcing;
    }

    ObjectNode node() {
        return node;
    }

    BackMap map() {
        return map;
    }

    Cell value() {
        return value;
    }
}

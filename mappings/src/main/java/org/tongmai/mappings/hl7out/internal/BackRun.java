package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.tongmai.mappings.hl7out.internal.StructureReader.Unless.Judged;
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
    private final Entries entries;
    private BackRow row;
    private int repetition;
    /** The rows that wrote something, and the repetition they wrote last. */
    private final Map<BackRow, Integer> done = new IdentityHashMap<>();

    private boolean forcing;

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
        this(target, map, node, new Entries(map, target.message().resources(), claims, false));
    }

    private BackRun(Target target, BackMap map, ObjectNode node, Entries entries) {
        this.message = target.message();
        this.scope = target.scope();
        this.segment = target.segment();
        this.value = target.value();
        this.map = map;
        this.node = node;
        this.entries = entries;
        this.claims = entries.claims();
    }

    /** Runs all rows; says whether anything was written. */
    boolean execute() {
        if (map.dataType() || value != null) {
            return run(Set.of());
        }
        Draft before = segment.copy();
        int mark = claims.mark();
        boolean wrote = run(Set.of());
        Set<BackRow> broken = new HashSet<>(done.keySet());
        broken.removeIf(this::stillHolds);
        if (broken.isEmpty()) {
            return wrote;
        }
        segment.restore(before);
        claims.giveBack(mark);
        entries.clear();
        return run(broken);
    }

    /** @param late rows that come last, for what others write later would belie them */
    private boolean run(Set<BackRow> late) {
        done.clear();
        boolean wrote = false;
        for (BackRow each : map.rows()) {
            if (each.constant() && tellsOwnField(each)) {
                forcing = true;
                wrote |= constant(each);
                forcing = false;
            }
        }
        List<BackRow> again = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        for (BackRow each : map.rows()) {
            boolean beaten = each.code() == null && waiting.contains(each.row().to());
            boolean waits = each.yields() || late.contains(each) || beaten;
            boolean did = !each.constant() && !waits && execute(each);
            wrote |= did;
            if (!did && (each.worthAnotherTry() || waits)) {
                again.add(each);
                if (each.code() != null
                        && !each.wholeSegment()
                        && !entries.select(node, each).isEmpty()) {
                    waiting.add(each.row().to());
                }
            }
        }
        wrote |= moveOn(again);
        again.sort((one, other) -> Boolean.compare(late.contains(one), late.contains(other)));
        forcing = true;
        for (BackRow each : again) {
            wrote |= each.constant() ? constant(each) : execute(each);
        }
        wrote |= moveOn(List.of());
        forcing = false;
        return wrote;
    }

    /**
     * What a slot was tried for and does not take goes to the next one.
     *
     * @param pending rows that may still take it
     */
    private boolean moveOn(List<BackRow> pending) {
        boolean wrote = false;
        for (Set<Slot> moved = entries.moveOn(pending); !moved.isEmpty(); moved = entries.moveOn(pending)) {
            for (BackRow other : map.rows()) {
                wrote |= !other.constant() && Entries.reads(other, moved) && execute(other);
            }
        }
        return wrote;
    }

    private boolean stillHolds(BackRow each) {
        row = each;
        repetition = done.get(each);
        return each.when().stream()
                .filter(condition -> condition.kind().equals("differs"))
                .allMatch(condition -> condition.holds(this, 1));
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
        for (Element element : entries.select(node, each)) {
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
        List<Element> elements = entries.select(node, each);
        boolean primitives = map.dataType() && each.each() == null && each.code() == null;
        if (primitives && elements.size() > 1) {
            return entries.besideOthers() ? attempt(each, elements.get(0), 0, 1) : joined(each, elements);
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
            done.put(each, at);
            return true;
        }
        if (before != null) {
            segment.restore(before);
        }
        claims.giveBack(mark);
        return forcing
                && at == 0
                && repeats(each)
                && attempt(each, element, segment.field(each.from().field()).count(), entries);
    }

    /** Whether the row may stand in a further repetition of its field. */
    private boolean repeats(BackRow each) {
        FieldPath from = each.from();
        return from != null
                && !from.relative()
                && from.segment().equals(segment.name())
                && !message.fields().single(from.segment(), from.field())
                && segment.field(from.field()).count() == 1
                && each.when().stream()
                        .anyMatch(condition -> condition.kind().equals("differs")
                                && condition.fields().get(0).field() == from.field());
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
        Judged judged = new Judged(element.parent(), element.parent(), node, null);
        if (each.barredFor(judged, message) || shownElsewhere(each, element)) {
            return false;
        }
        if (read.isNull()) {
            return element.parent() == node && !map.dataType() && cell != null && cell.set("\"\"");
        }
        if (claims.has(element) && !each.also()) {
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
            return inside(inner, each.each(), node, true).execute();
        }
        if (!(element.value() instanceof ObjectNode object)) {
            return false;
        }
        ObjectNode led = message.resources().at(object.path("reference").asText(""));
        if (each.barredFor(new Judged(object, element.parent(), node, led), message)) {
            return false;
        }
        if (!each.each().resource()) {
            return inside(inner, each.each(), object, each.besideOthers()).execute();
        }
        ObjectNode target = message.resources().referred(object, each.each(), node);
        boolean wrote = target != null && new BackRun(inner, each.each(), target, new Claims()).execute();
        if (wrote) {
            claims.add(element);
            message.resources().told(target);
        }
        return wrote;
    }

    /** The run of a map over the same object or one in it. */
    private BackRun inside(Target target, BackMap each, ObjectNode object, Boolean besideOthers) {
        return new BackRun(target, each, object, new Entries(each, message.resources(), claims, besideOthers));
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

    /** The number of the repetition in hand, 0 for the first. */
    int repetition() {
        return repetition;
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

    /** Whether the conditions are of the segment as a whole. */
    boolean ofSegment() {
        return row == null;
    }

    /** Whether what is written does not say which of several values a field had: a constant, a segment. */
    boolean tellsNoneOf() {
        return row == null || row.constant();
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

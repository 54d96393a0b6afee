package org.tongmai.mappings.hl7out;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.mappings.Lineage;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.internal.MappingPlans;
import org.tongmai.mappings.internal.ReadValues;
import org.tongmai.mappings.internal.Timestamps;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * Takes messages to FHIR and back, and compares every field that a row read on the way there with what stands in the same
 * place afterwards. Which fields were read is known by the lineage and by what was written over.
 */
final class RoundTrip {
    private static final Pattern SOURCE =
            Pattern.compile("([A-Z][A-Z0-9]{2})(?:\\[(\\d+)])?-(\\d+)(?:\\[(\\d+)])?(?:\\.(\\d+))?(?:\\.(\\d+))?");
    private static final ZoneId ZONE = ZoneOffset.ofHours(8);

    private final MappingEngine in;
    private final MappingPlans plans;
    private final Hl7OutMappings out;
    private final Map<String, int[]> fields = new TreeMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private int compared;
    private int kept;

    /**
     * A value that does not stand in its place.
     *
     * @param name of the message
     * @param field without numbers of segments and repetitions: {@code PID-3.4}
     * @param place with them
     * @param was the value
     * @param is what stands there
     * @param after the message made
     */
    record Loss(String name, String field, String place, String was, String is, Hl7Message after) {
        /** Whether a field of the message made has the value, or with null any. */
        boolean standsIn(String elsewhere, String value) {
            String[] path = elsewhere.split("[-.]");
            for (Hl7Segment segment : after.segments()) {
                if (segment.is(path[0]) && holds(segment.field(Integer.parseInt(path[1])), path, value)) {
                    return true;
                }
            }
            return false;
        }

        private boolean holds(Hl7Value field, String[] path, String value) {
            for (Hl7Value repetition : field.repetitions()) {
                Hl7Value found = path.length > 2 ? repetition.component(Integer.parseInt(path[2])) : repetition;
                for (String leaf : found.raw().split("[" + SEPARATORS + "]")) {
                    if (value == null ? !leaf.isEmpty() : same(value, leaf)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** With data, for people at work on a row. */
        @Override
        public String toString() {
            return name + " " + place + " was " + was + ", is " + is;
        }
    }

    private static final String SEPARATORS = "\\^&";

    /** @param plans those of the engine, for what its lineage does not tell: values that another row wrote over */
    RoundTrip(MappingEngine in, MappingPlans plans, Hl7OutMappings out) {
        this.in = in;
        this.plans = plans;
        this.out = out;
    }

    /** The message made again. */
    Hl7Output compare(String name, ReceivedMessage received) {
        MappingEngine.Explanation explained = in.explain(received);
        Hl7Message before = Hl7Message.parse(received.text(), received.charset());
        boolean later = before.header().field(12).text().compareTo(Hl7Order.VERSION) > 0;
        Hl7Order order = Hl7Order.ofData().as(explained.bundle().event()).in(later ? "2.9" : Hl7Order.VERSION);
        Hl7Output made = out.write(Hl7OutMappings.contents(explained.bundle().resources()), order);
        Hl7Message after = Hl7Message.parse(made.text());
        Set<String> sources = new LinkedHashSet<>();
        List<ReadValues.Value> read = new ArrayList<>();
        for (Lineage entry : explained.lineage()) {
            if (entry.offset() >= 0 && !entry.before().isEmpty()) {
                read.add(new ReadValues.Value(entry.source(), entry.table(), entry.before()));
            }
        }
        read.addAll(ReadValues.of(before, plans));
        for (ReadValues.Value value : read) {
            sources.add(value.source());
            if (!value.table().isEmpty()
                    && value.text().indexOf(before.delimiters().component()) > 0) {
                sources.add(value.source() + ".1");
            }
        }
        Map<String, List<Matcher>> bySegment = new LinkedHashMap<>();
        for (String source : sources) {
            Matcher place = SOURCE.matcher(source);
            Hl7Value was = place.matches() ? value(segment(before, place), place) : null;
            if (was != null && !was.isEmpty() && isLeaf(was.raw(), before)) {
                bySegment
                        .computeIfAbsent(place.group(1) + "[" + place.group(2) + "]", key -> new ArrayList<>())
                        .add(place);
            }
        }
        Map<List<Matcher>, Hl7Segment> matched = matched(bySegment.values(), before, after);
        for (List<Matcher> places : bySegment.values()) {
            for (Matcher place : places) {
                judge(name, place, value(segment(before, place), place), matched.get(places), after);
            }
        }
        return made;
    }

    private record Match(List<Matcher> places, Hl7Segment after, long same) {}

    /** Which segments say the same: their order may be another. The pairs that agree most go first. */
    private static Map<List<Matcher>, Hl7Segment> matched(
            Collection<List<Matcher>> segments, Hl7Message before, Hl7Message after) {
        List<Match> matches = new ArrayList<>();
        for (List<Matcher> places : segments) {
            Hl7Segment from = segment(before, places.get(0)); // that of all of them
            for (Hl7Segment candidate : after.segments()) {
                if (candidate.is(places.get(0).group(1))) {
                    long same = places.stream()
                            .filter(place -> stands(value(from, place), value(candidate, place)))
                            .count();
                    matches.add(new Match(places, candidate, same));
                }
            }
        }
        matches.sort(Comparator.comparingLong(Match::same).reversed());
        Map<List<Matcher>, Hl7Segment> matched = new IdentityHashMap<>();
        Set<Hl7Segment> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Match match : matches) {
            if (match.same() > 0 && !matched.containsKey(match.places()) && taken.add(match.after())) {
                matched.put(match.places(), match.after());
            }
        }
        return matched;
    }

    private void judge(String name, Matcher place, Hl7Value was, Hl7Segment match, Hl7Message after) {
        compared++;
        String field = place.group(1) + "-" + place.group(3) + (place.group(5) == null ? "" : "." + place.group(5));
        fields.computeIfAbsent(field, key -> new int[2])[0]++;
        Hl7Value is = match == null ? null : value(match, place);
        if (is != null && stands(was, is)) {
            kept++;
            return;
        }
        fields.get(field)[1]++;
        losses.add(new Loss(name, field, place.group(), was.whole(), is == null ? "nothing" : is.whole(), after));
    }

    private static Hl7Segment segment(Hl7Message message, Matcher place) {
        int occurrence = place.group(2) == null ? 1 : Integer.parseInt(place.group(2));
        for (Hl7Segment segment : message.segments()) {
            if (segment.is(place.group(1)) && message.occurrence(segment) == occurrence) {
                return segment;
            }
        }
        return null;
    }

    private static boolean isLeaf(String raw, Hl7Message message) {
        return raw.indexOf(message.delimiters().component()) < 0
                && raw.indexOf(message.delimiters().subcomponent()) < 0
                && raw.indexOf(message.delimiters().repetition()) < 0;
    }

    private static Hl7Value value(Hl7Segment segment, Matcher place) {
        if (segment == null) {
            return null;
        }
        Hl7Value value = segment.field(Integer.parseInt(place.group(3)));
        value = value.repetition(place.group(4) == null ? 0 : Integer.parseInt(place.group(4)) - 1);
        for (int group = 5; group <= 6; group++) {
            if (place.group(group) != null) {
                value = value.component(Integer.parseInt(place.group(group)));
            }
        }
        return value;
    }

    /** A value without components is the same as its first component (HL7 v2.5.1 chapter 2.5.3.5). */
    private static boolean stands(Hl7Value was, Hl7Value is) {
        return same(was.whole(), is.whole()) || same(was.whole(), is.text());
    }

    private static boolean same(String was, String is) {
        if (was.equals(is) || is.equals(was + "00")) {
            return true; // a time HHMM has its seconds, as FHIR wants them
        }
        Timestamps.Read one = Timestamps.dateTime(was, ZONE);
        Timestamps.Read other = Timestamps.dateTime(is, ZONE);
        if (one != null && other != null && one.text().equals(other.text())) {
            return true;
        }
        if (isText(was) || isText(is)) {
            return false; // most values are; an exception for each would be dear
        }
        try {
            return new BigDecimal(was).compareTo(new BigDecimal(is)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isText(String value) {
        return value.isEmpty() || !Character.isDigit(value.charAt(0)) && "+-.".indexOf(value.charAt(0)) < 0;
    }

    int compared() {
        return compared;
    }

    int kept() {
        return kept;
    }

    /** Field to how often it was compared and how often it differs. */
    Map<String, int[]> fields() {
        return fields;
    }

    /** Every place where something differs. */
    List<Loss> losses() {
        return losses;
    }
}

package org.tongmai.mappings.internal;

import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * What a message says, in terms parted by blanks that must all hold: {@code PV1} the segment is there, {@code PV1-3.4}
 * some of them values it, {@code PV1-2=I} as this; {@code !} before a term denies it.
 */
final class MessageTerms {
    private MessageTerms() {}

    static boolean hold(String terms, Hl7Message message) {
        for (String term : terms.split(" ")) {
            boolean denied = term.startsWith("!");
            if (!term.isEmpty() && denied == says(denied ? term.substring(1) : term, message)) {
                return false;
            }
        }
        return true;
    }

    private static boolean says(String term, Hl7Message message) {
        String[] sides = term.split("=", 2);
        String[] place = sides[0].split("-");
        for (Hl7Segment segment : message.segments()) {
            if (segment.is(place[0]) && (place.length == 1 || says(segment, place[1], sides))) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Hl7Segment segment, String place, String[] sides) {
        String[] numbers = place.split("\\.");
        for (Hl7Value repetition : segment.field(Integer.parseInt(numbers[0])).repetitions()) {
            Hl7Value value = repetition;
            for (int level = 1; level < numbers.length; level++) {
                value = value.component(Integer.parseInt(numbers[level]));
            }
            if (sides.length == 1 ? !value.isEmpty() : value.text().equals(sides[1])) {
                return true;
            }
        }
        return false;
    }
}

package org.tongmai.routes.engine.bundle.sandbox.diff.internal;

import java.util.List;
import java.util.Set;
import org.tongmai.routes.engine.bundle.sandbox.internal.ShortCode;

/**
 * Values as a sign-off sheet may show them: codes, states and what the platform says of a message as they are, everything
 * else by its shape.
 */
final class SampleMask {
    private static final Set<String> PLAIN_OUTPUTS = Set.of("outcome", "issues");
    private static final Set<String> PLAIN_ELEMENTS = Set.of(
            "code", "system", "status", "gender", "use", "unit", "url", "intent", "priority", "resourceType", "topic");
    private static final Set<String> PLAIN_SEGMENTS = Set.of("MSA-1", "ERR-2", "ERR-3", "ERR-4", "ERR-5");
    private static final int LONGEST = 120;

    private SampleMask() {}

    static String shown(Outputs.Place place, List<String> values) {
        boolean plain = PLAIN_OUTPUTS.contains(place.output())
                || PLAIN_SEGMENTS.contains(place.field())
                || place.output().equals("canonical")
                        && PLAIN_ELEMENTS.contains(
                                place.field().substring(place.field().lastIndexOf('.') + 1));
        StringBuilder out = new StringBuilder();
        for (String value : values) {
            out.append(out.isEmpty() ? "" : " | ").append(plain || ShortCode.is(value) ? value : shape(value));
        }
        return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST) + "…";
    }

    private static String shape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        value.codePoints()
                .forEach(c -> out.append(
                        Character.isDigit(c)
                                ? "9"
                                : Character.isIdeographic(c)
                                        ? "某"
                                        : Character.isLetter(c) ? "x" : Character.toString(c)));
        return out.toString();
    }
}

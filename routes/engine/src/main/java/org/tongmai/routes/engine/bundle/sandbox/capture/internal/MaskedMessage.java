package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.bundle.sandbox.internal.ShortCode;
import org.tongmai.standards.hl7v2.Hl7Header.Separators;

/** One message being masked. */
public final class MaskedMessage {
    private static final MaskTable TABLE = new MaskTable();
    /** What is shorter is part of too many other words to be looked for in them. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_HAN = 2;

    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");
    private static final int DAY = 8;

    private final Separators by;
    private final Synthetic synthetic;
    /** Values that identify, with what they became and where they stood first; long ones first. */
    private final Map<String, String[]> identifying =
            new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private String left = "";

    public MaskedMessage(Separators by, Random random) {
        this.by = by;
        this.synthetic = new Synthetic(random);
    }

    /** The masked text: field by field first, then whatever identifies and stands where it is not expected. */
    public String of(String text) {
        StringBuilder out = new StringBuilder();
        for (String line : text.split("(?<=[\r\n])")) {
            String end = line.substring(line.stripTrailing().length());
            String segment = line.substring(0, line.length() - end.length());
            out.append(segment.isEmpty() ? segment : segment(segment)).append(end);
        }
        String masked = out.toString();
        for (Map.Entry<String, String[]> value : identifying.entrySet()) {
            masked = masked.replace(value.getKey(), value.getValue()[0]);
        }
        for (Map.Entry<String, String[]> value : identifying.entrySet()) {
            if (masked.contains(value.getKey())) {
                left = value.getValue()[1];
            }
        }
        return masked;
    }

    /** Where a value stands first that is left somewhere; empty when none is. */
    public String left() {
        return left;
    }

    private String segment(String segment) {
        String[] fields = split(segment, by.field());
        if (!SEGMENT.matcher(fields[0]).matches()) {
            // the rest of a text that was broken into lines
            fields[0] = component(fields[0], MaskKind.TEXT, "a line of text");
        }
        boolean header = fields[0].equals("MSH");
        for (int i = 1; i < fields.length; i++) {
            int number = header ? i + 1 : i;
            if (!header || number > 2) {
                fields[i] = field(fields, i, number);
            }
        }
        return String.join(String.valueOf(by.field()), fields);
    }

    private String field(String[] segment, int index, int number) {
        List<String> repetitions = new ArrayList<>();
        for (String repetition : split(segment[index], by.repetition())) {
            String[] components = split(repetition, by.component());
            for (int i = 0; i < components.length; i++) {
                MaskKind kind = TABLE.kind(segment, number, i + 1);
                components[i] = kind == MaskKind.KEEP
                        ? components[i]
                        : component(components[i], kind, segment[0] + "-" + number);
            }
            repetitions.add(String.join(String.valueOf(by.component()), components));
        }
        return String.join(String.valueOf(by.repetition()), repetitions);
    }

    private String component(String component, MaskKind kind, String place) {
        String[] parts = split(component, by.subcomponent());
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isBlank() || parts[i].equals("\"\"") || kind == MaskKind.TEXT && ShortCode.is(parts[i])) {
                continue;
            }
            String made = synthetic.of(parts[i], kind);
            if (kind.identifies() && distinctive(parts[i])) {
                identifying.putIfAbsent(parts[i], new String[] {made, place});
                if (kind == MaskKind.BIRTH && parts[i].length() > DAY && made.length() > DAY) {
                    // the day stands elsewhere without the hour
                    identifying.putIfAbsent(parts[i].substring(0, DAY), new String[] {made.substring(0, DAY), place});
                }
            }
            parts[i] = made;
        }
        return String.join(by.subcomponent() == '\0' ? "" : String.valueOf(by.subcomponent()), parts);
    }

    /** Whether it may be looked for wherever it is not expected. */
    static boolean distinctive(String value) {
        boolean han = value.codePoints().anyMatch(Character::isIdeographic);
        return value.length() >= (han ? SHORTEST_HAN : SHORTEST);
    }

    private static String[] split(String text, char separator) {
        return separator == '\0' ? new String[] {text} : text.split(Pattern.quote(String.valueOf(separator)), -1);
    }
}

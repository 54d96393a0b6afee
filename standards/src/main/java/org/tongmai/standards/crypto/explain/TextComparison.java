package org.tongmai.standards.crypto.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where two texts that should be equal are not. Says positions and names of parameters, never values: a text that is not
 * made of parameters has equals signs too, so what could not be the name of one is only numbered.
 */
final class TextComparison {
    private static final int BYTE = 0xFF;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~%\\[\\]-]{1,40}");

    private TextComparison() {}

    static List<Finding> of(byte[] ours, byte[] theirs) {
        int at = Arrays.mismatch(ours, theirs);
        if (at < 0) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.noticed("text-differs", place(ours, theirs, at)));
        findings.addAll(parameters(parse(ours), parse(theirs)));
        return findings;
    }

    private static String place(byte[] ours, byte[] theirs, int at) {
        String before = new String(ours, 0, at, StandardCharsets.UTF_8);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return "byte " + (at + 1) + ", line " + line + ", column " + column + ": ours " + octet(ours, at) + ", theirs "
                + octet(theirs, at) + "; " + ours.length + " and " + theirs.length + " bytes";
    }

    private static String octet(byte[] text, int at) {
        return at < text.length ? String.format("%02X", text[at] & BYTE) : "ended";
    }

    /** What a text says of a name: how it may be shown, and the last value. */
    private record Parameter(String shown, String value) {}

    private static Map<String, Parameter> parse(byte[] text) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        for (String part : new String(text, StandardCharsets.UTF_8).split("[&\n]")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                String name = part.substring(0, equals);
                String shown = NAME.matcher(name).matches() ? name : "number " + (parameters.size() + 1);
                parameters.merge(
                        name,
                        new Parameter(shown, part.substring(equals + 1)),
                        (before, again) -> new Parameter(before.shown(), again.value()));
            }
        }
        return parameters;
    }

    private static List<Finding> parameters(Map<String, Parameter> ours, Map<String, Parameter> theirs) {
        List<Finding> findings = new ArrayList<>();
        ours.forEach((name, parameter) -> {
            if (!theirs.containsKey(name)) {
                findings.add(Finding.noticed("parameter-missing", parameter.shown()));
            } else if (!theirs.get(name).value().equals(parameter.value())) {
                findings.add(Finding.noticed("parameter-differs", parameter.shown()));
            }
        });
        theirs.forEach((name, parameter) -> {
            if (!ours.containsKey(name)) {
                findings.add(Finding.noticed("parameter-extra", parameter.shown()));
            }
        });
        List<String> order = ours.keySet().stream().filter(theirs::containsKey).toList();
        List<String> theirOrder =
                theirs.keySet().stream().filter(ours::containsKey).toList();
        int at = firstDifference(order, theirOrder);
        if (at >= 0) {
            String first = ours.get(order.get(at)).shown();
            String other = theirs.get(theirOrder.get(at)).shown();
            findings.add(Finding.noticed("parameter-order", (at + 1) + ": ours " + first + ", theirs " + other));
        }
        return findings;
    }

    private static int firstDifference(List<String> ours, List<String> theirs) {
        for (int i = 0; i < ours.size(); i++) {
            if (!ours.get(i).equals(theirs.get(i))) {
                return i;
            }
        }
        return -1;
    }
}

package org.tongmai.standards.crypto.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where two texts that should be equal are not. Says positions and names of parameters, never values. */
final class TextComparison {
    private static final int BYTE = 0xFF;

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

    private static Map<String, String> parse(byte[] text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : new String(text, StandardCharsets.UTF_8).split("[&\n]")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return parameters;
    }

    private static List<Finding> parameters(Map<String, String> ours, Map<String, String> theirs) {
        List<Finding> findings = new ArrayList<>();
        ours.forEach((name, value) -> {
            if (!theirs.containsKey(name)) {
                findings.add(Finding.noticed("parameter-missing", name));
            } else if (!theirs.get(name).equals(value)) {
                findings.add(Finding.noticed("parameter-differs", name));
            }
        });
        theirs.keySet().stream()
                .filter(name -> !ours.containsKey(name))
                .forEach(name -> findings.add(Finding.noticed("parameter-extra", name)));
        List<String> order = ours.keySet().stream().filter(theirs::containsKey).toList();
        List<String> theirOrder =
                theirs.keySet().stream().filter(ours::containsKey).toList();
        int at = firstDifference(order, theirOrder);
        if (at >= 0) {
            findings.add(Finding.noticed(
                    "parameter-order", (at + 1) + ": ours " + order.get(at) + ", theirs " + theirOrder.get(at)));
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

package org.tongmai.mappings;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Finds the lineage of an element by its path. */
final class LineageSearch {
    private static final Pattern NUMBER = Pattern.compile("\\[\\d+]");
    private static final Pattern ID = Pattern.compile("^(\\w+)/[A-Za-z0-9.-]{1,64}?(?=\\.[a-z_]|$)");

    private LineageSearch() {}

    static List<Lineage> find(List<Lineage> all, String element) {
        if (element.isEmpty()) {
            return all;
        }
        List<Lineage> lineage = ofItsResource(all, element);
        UnaryOperator<String> form = form(element);
        String wanted = form.apply(element);
        List<Lineage> inside = lineage.stream()
                .filter(entry -> within(form.apply(entry.path()), wanted))
                .toList();
        if (!inside.isEmpty()) {
            return inside;
        }
        int nearest = lineage.stream()
                .map(entry -> form.apply(entry.path()))
                .filter(path -> within(wanted, path))
                .mapToInt(String::length)
                .max()
                .orElse(-1);
        return lineage.stream()
                .filter(entry ->
                        form.apply(entry.path()).length() == nearest && within(wanted, form.apply(entry.path())))
                .toList();
    }

    /** What can be meant at all, told without a pattern: lineages are long. */
    private static List<Lineage> ofItsResource(List<Lineage> all, String element) {
        int slash = element.indexOf('/');
        int end = element.indexOf('.', slash + 1);
        String begin = slash < 0 ? "" : end < 0 ? element : element.substring(0, end);
        return all.stream().filter(entry -> entry.path().startsWith(begin)).toList();
    }

    /** How both paths are written to be compared: without what the question leaves open. */
    private static UnaryOperator<String> form(String element) {
        boolean anyEntry = !NUMBER.matcher(element).find();
        boolean anyResource = element.indexOf('/') < 0;
        return path -> {
            String out = anyEntry ? NUMBER.matcher(path).replaceAll("") : path;
            return anyResource ? ID.matcher(out).replaceFirst("$1") : out;
        };
    }

    private static boolean within(String path, String around) {
        return path.startsWith(around)
                && (path.length() == around.length() || ".[".indexOf(path.charAt(around.length())) >= 0);
    }
}

package org.tongmai.mappings.cda.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of XPath 1.0 that tables and maps use, to read and to write: {@code a/b}, {@code a//b}, {@code .},
 * {@code a[@x='1' and b/@y='2']}, {@code a/@x}. Written, a step that is not there is appended with what its conditions
 * say; {@code a//b/c[…]} nests below the last {@code b/c}.
 */
final class CdaPath {
    private final String text;
    private final List<Step> steps;
    private final String attribute;

    /** One step: below whom, which name, which conditions. */
    private record Step(boolean anyDepth, String name, List<Condition> conditions) {}

    /** A path of elements and the attribute it ends with. */
    private record Condition(CdaPath path, String value) {
        boolean holds(CdaElement element) {
            return path.select(element).stream().anyMatch(hit -> hit.text().equals(value));
        }
    }

    /**
     * What a path found.
     *
     * @param element the element, or the one that has the attribute
     * @param attribute its name; null for the element itself
     */
    record Hit(CdaElement element, String attribute) {
        /** The attribute's value, or the element's text. */
        String text() {
            return attribute == null ? element.exactText() : element.attribute(attribute);
        }

        String xpath() {
            return element.xpath() + (attribute == null ? "" : "/@" + attribute);
        }
    }

    private CdaPath(String text, List<Step> steps, String attribute) {
        this.text = text;
        this.steps = steps;
        this.attribute = attribute;
    }

    /** Reads the notation; throws {@link IllegalArgumentException} when it is none. */
    static CdaPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        String attribute = null;
        boolean anyDepth = false;
        for (String part : split(text, '/')) {
            if (attribute != null) {
                throw new IllegalArgumentException("an attribute is not the last step");
            }
            if (part.isEmpty()) {
                anyDepth = true;
            } else if (part.startsWith("@")) {
                attribute = part.substring(1);
            } else if (!part.equals(".")) {
                steps.add(step(part, anyDepth));
                anyDepth = false;
            }
        }
        return new CdaPath(text, steps, attribute);
    }

    private static Step step(String part, boolean anyDepth) {
        int open = part.indexOf('[');
        String name = open < 0 ? part : part.substring(0, open);
        if (!name.matches("[A-Za-z][A-Za-z0-9:]*|\\*")) {
            throw new IllegalArgumentException("found " + part);
        }
        List<Condition> conditions = new ArrayList<>();
        if (open >= 0) {
            for (String inside : part.substring(open + 1, part.length() - 1).split("\\]\\[| and ")) {
                int sign = inside.indexOf("='");
                if (sign < 0 || !inside.endsWith("'")) {
                    throw new IllegalArgumentException("found " + inside + ", expected path='value'");
                }
                CdaPath path = parse(inside.substring(0, sign));
                conditions.add(new Condition(path, inside.substring(sign + 2, inside.length() - 1)));
            }
        }
        return new Step(anyDepth, name, conditions);
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int open = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == separator && open == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** All it finds below an element, in document order. */
    List<Hit> select(CdaElement from) {
        List<CdaElement> found = List.of(from);
        for (Step step : steps) {
            List<CdaElement> next = new ArrayList<>();
            for (CdaElement element : found) {
                collect(element, step, next);
            }
            found = next;
        }
        List<Hit> hits = new ArrayList<>(found.size());
        for (CdaElement element : found) {
            if (attribute == null || element.attributes().containsKey(attribute)) {
                hits.add(new Hit(element, attribute));
            }
        }
        return hits;
    }

    private static void collect(CdaElement element, Step step, List<CdaElement> found) {
        for (CdaElement node : element.nodes()) {
            if (node.isText()) {
                continue;
            }
            if (matches(node, step)) {
                found.add(node);
            }
            if (step.anyDepth()) {
                collect(node, step, found);
            }
        }
    }

    private static boolean matches(CdaElement element, Step step) {
        return (step.name().equals("*") || element.name().equals(step.name()))
                && step.conditions().stream().allMatch(condition -> condition.holds(element));
    }

    /** The place to write to, made where it is not there. */
    Hit make(CdaElement from) {
        int kept = steps.size();
        List<Hit> there = prefix(kept).select(from);
        while (there.isEmpty() || kept > 0 && steps.get(kept - 1).anyDepth()) {
            kept--;
            there = prefix(kept).select(from);
        }
        CdaElement element = there.get(0).element();
        for (Step step : steps.subList(kept, steps.size())) {
            CdaElement found = step.anyDepth() ? null : match(element, step);
            CdaElement host = step.anyDepth() ? deepest(element, steps.indexOf(step)) : element;
            element = found == null ? append(host, step) : found;
        }
        return new Hit(element, attribute);
    }

    private CdaPath prefix(int count) {
        return new CdaPath(text, steps.subList(0, count), null);
    }

    /** A new element for the first step, whatever is there; further steps in it. */
    Hit makeNew(CdaElement from) {
        CdaElement element = append(from, steps.get(0));
        return new CdaPath(text, steps.subList(1, steps.size()), attribute).make(element);
    }

    /** What the conditions of the step before have made already. */
    private static CdaElement match(CdaElement host, Step step) {
        for (CdaElement child : host.children(step.name())) {
            if (matches(child, step)) {
                return child;
            }
        }
        return null;
    }

    /** The last element of the chain made of this step and the one after it. */
    private CdaElement deepest(CdaElement element, int index) {
        String outer = steps.get(index).name();
        String inner = steps.get(index + 1).name();
        CdaElement host = element;
        CdaElement link = host.child(outer);
        while (link != null && link.child(inner) != null) {
            host = link.child(inner);
            link = host.child(outer);
        }
        return host;
    }

    private static CdaElement append(CdaElement host, Step step) {
        CdaElement element = host.append(CdaElement.of(step.name()));
        for (Condition condition : step.conditions()) {
            Hit hit = condition.path().make(element);
            if (hit.attribute() != null) {
                hit.element().with(hit.attribute(), condition.value());
            }
        }
        return element;
    }

    /** The path without its first step. */
    CdaPath below() {
        return new CdaPath(text, steps.subList(1, steps.size()), attribute);
    }

    @Override
    public String toString() {
        return text;
    }
}

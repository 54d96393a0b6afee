package org.tongmai.mappings.cda.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node of a document: an element, or a piece of text (which has no name). Names have no prefix of HL7 V3. */
final class CdaElement {
    private final String name;
    private final String text;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<CdaElement> nodes = new ArrayList<>();
    private CdaElement parent;
    private int number; // among brothers of the same name, from 1; 0 while they are not numbered

    private CdaElement(String name, String text) {
        this.name = name;
        this.text = text;
    }

    static CdaElement of(String name) {
        return new CdaElement(name, null);
    }

    static CdaElement text(String text) {
        return new CdaElement(null, text);
    }

    String name() {
        return name;
    }

    boolean isText() {
        return name == null;
    }

    CdaElement parent() {
        return parent;
    }

    /** Elements and texts, in order. */
    List<CdaElement> nodes() {
        return nodes;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    /** The attribute's value without blanks around it, or an empty string. */
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "").strip();
    }

    CdaElement with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    CdaElement append(CdaElement child) {
        child.parent = this;
        child.number = 0;
        nodes.add(child);
        return child;
    }

    /** Puts a child before all others. */
    void prepend(CdaElement child) {
        child.parent = this;
        nodes.add(0, child);
    }

    List<CdaElement> children(String wanted) {
        return children(wanted, Integer.MAX_VALUE);
    }

    private List<CdaElement> children(String wanted, int most) {
        List<CdaElement> found = new ArrayList<>(2);
        for (CdaElement node : nodes) {
            if (found.size() == most) {
                break;
            }
            if (wanted.equals(node.name)) {
                found.add(node);
            }
        }
        return found;
    }

    /** The first child of this name, or null. */
    CdaElement child(String wanted) {
        for (CdaElement node : nodes) {
            if (wanted.equals(node.name)) {
                return node;
            }
        }
        return null;
    }

    /** Whether it says nothing: no attribute but {@code nullFlavor} and types, no text, no child that says something. */
    boolean empty() {
        if (isText()) {
            return text.isBlank();
        }
        for (String attribute : attributes.keySet()) {
            if (!attribute.equals("nullFlavor") && !attribute.equals("xsi:type")) {
                return false;
            }
        }
        return nodes.stream().allMatch(CdaElement::empty);
    }

    /** All text in it, a blank between elements, blanks run together. */
    String content() {
        StringBuilder out = new StringBuilder();
        collect(out, " ");
        return out.toString().strip().replaceAll("\\s+", " ");
    }

    /** All text in it as it stands. */
    String exactText() {
        StringBuilder out = new StringBuilder();
        collect(out, "");
        return out.toString().strip();
    }

    private void collect(StringBuilder out, String between) {
        if (isText()) {
            out.append(text);
            return;
        }
        for (CdaElement node : nodes) {
            node.collect(out, between);
            out.append(between);
        }
    }

    /** Where it stands, each step with its number where it has brothers: {@code /ClinicalDocument/component/…}. */
    String xpath() {
        if (isText()) {
            return parent.xpath() + "/text()";
        }
        if (parent == null) {
            return "/" + name;
        }
        if (number == 0) {
            parent.numberChildren();
        }
        boolean alone = number == 1 && parent.children(name, 2).size() == 1;
        return parent.xpath() + "/" + name + (alone ? "" : "[" + number + "]");
    }

    /** All at once, so that naming every child of a wide element stays cheap. */
    private void numberChildren() {
        Map<String, Integer> seen = new HashMap<>();
        for (CdaElement node : nodes) {
            if (!node.isText()) {
                node.number = seen.merge(node.name, 1, Integer::sum);
            }
        }
    }

    @Override
    public String toString() {
        return isText() ? "text()" : name;
    }
}

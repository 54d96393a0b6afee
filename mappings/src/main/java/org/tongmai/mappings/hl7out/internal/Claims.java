package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which values of a resource have found their place in the message: each is written once. */
final class Claims {
    private final Map<JsonNode, Set<String>> taken = new IdentityHashMap<>();
    private final List<Element> order = new ArrayList<>();

    boolean has(Element element) {
        Set<String> names = taken.get(element.parent());
        return names != null && names.contains(element.key());
    }

    /** Whether the value as a whole was claimed. */
    boolean hasEntry(JsonNode value) {
        return order.stream().anyMatch(element -> element.value() == value);
    }

    void add(Element element) {
        if (taken.computeIfAbsent(element.parent(), key -> new HashSet<>()).add(element.key())) {
            order.add(element);
        }
    }

    int mark() {
        return order.size();
    }

    /** Gives back what was claimed since the mark. */
    void giveBack(int mark) {
        while (order.size() > mark) {
            Element last = order.remove(order.size() - 1);
            taken.get(last.parent()).remove(last.key());
        }
    }

    /** Whether any value inside the node was claimed. */
    boolean touches(JsonNode node) {
        if (taken.containsKey(node) && !taken.get(node).isEmpty()) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && touches(child)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value itself was claimed, or any entry of it. */
    boolean touches(JsonNode parent, String name) {
        Set<String> names = taken.get(parent);
        return names != null && names.stream().anyMatch(key -> key.equals(name) || key.startsWith(name + "["))
                || touches(parent.path(name));
    }
}

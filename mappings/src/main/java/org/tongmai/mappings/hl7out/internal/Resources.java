package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The resources a message is made of, and how they refer to each other. */
final class Resources {
    private final List<ObjectNode> all;
    private final Map<String, ObjectNode> byReference = new HashMap<>();
    private final Map<String, List<ObjectNode>> byType = new HashMap<>();
    private final Set<String> referred = new HashSet<>();
    private final Map<ObjectNode, Set<String>> references = new IdentityHashMap<>();
    private final Map<ObjectNode, Claims> claims = new IdentityHashMap<>();
    private final Set<ObjectNode> told = Collections.newSetFromMap(new IdentityHashMap<>());

    Resources(List<ObjectNode> all) {
        this.all = List.copyOf(all);
        for (ObjectNode resource : all) {
            byReference.put(reference(resource), resource);
            byType.computeIfAbsent(resource.path("resourceType").asText(), key -> new ArrayList<>())
                    .add(resource);
            for (JsonNode contained : resource.path("contained")) {
                if (contained instanceof ObjectNode object) {
                    byReference.put("#" + object.path("id").asText(), object);
                }
            }
            Set<String> found = new LinkedHashSet<>();
            collect(resource, found);
            references.put(resource, found);
            referred.addAll(found);
        }
    }

    private static void collect(JsonNode node, Set<String> found) {
        if (node.path("reference").isTextual()) {
            found.add(node.path("reference").textValue());
        }
        node.forEach(child -> collect(child, found));
    }

    static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    List<ObjectNode> all() {
        return all;
    }

    /** All of a type; those first that a resource refers to, in the order it does. */
    List<ObjectNode> ofType(String type, ObjectNode referring) {
        List<ObjectNode> found = new ArrayList<>(byType.getOrDefault(type, List.of()));
        if (referring != null && found.size() > 1) {
            Map<String, Integer> places = new HashMap<>();
            references.get(referring).forEach(reference -> places.put(reference, places.size()));
            found.sort(Comparator.comparing(each -> places.getOrDefault(reference(each), Integer.MAX_VALUE)));
        }
        return found;
    }

    /** Whether one of the two refers to the other. */
    boolean linked(ObjectNode one, ObjectNode other) {
        return references.get(one).contains(reference(other))
                || references.get(other).contains(reference(one));
    }

    /** Whether no resource of the types is linked with the one; {@code *}: whether none refers to it. */
    boolean isFree(ObjectNode one, List<String> types) {
        if (types.contains("*")) {
            return !referred.contains(reference(one));
        }
        return types.stream()
                .flatMap(type -> byType.getOrDefault(type, List.of()).stream())
                .noneMatch(other -> other != one && linked(one, other));
    }

    /** Whether resources of these types refer to the one, and no other does. */
    boolean isOnlyOf(Set<String> types, ObjectNode one) {
        String reference = reference(one);
        List<ObjectNode> referring = all.stream()
                .filter(other -> other != one && references.get(other).contains(reference))
                .toList();
        return !referring.isEmpty()
                && referring.stream()
                        .allMatch(other ->
                                types.contains(other.path("resourceType").asText()));
    }

    /** Whether a resource of one of the types is there. */
    boolean hasAny(List<String> types) {
        return types.stream().anyMatch(byType::containsKey);
    }

    /** Whether an element of the one refers to the other. */
    static boolean refers(ObjectNode one, String element, ObjectNode other) {
        Set<String> found = new LinkedHashSet<>();
        collect(one.path(element), found);
        return found.contains(reference(other));
    }

    boolean leadsTo(String reference) {
        return byReference.containsKey(reference);
    }

    /** What a reference leads to, or null. */
    ObjectNode at(String reference) {
        return byReference.get(reference);
    }

    /** A field told of the resource, which has no segment of its own then. */
    void told(ObjectNode resource) {
        told.add(resource);
    }

    boolean isTold(ObjectNode resource) {
        return told.contains(resource);
    }

    /** What has been written of a resource of the message. */
    Claims claims(ObjectNode resource) {
        return claims.computeIfAbsent(resource, key -> new Claims());
    }

    /** A view of a resource is written with it. */
    void shareClaims(ObjectNode view, ObjectNode resource) {
        claims.put(view, claims(resource));
        references.put(view, references.get(resource));
    }

    boolean written(ObjectNode resource) {
        return claims.containsKey(resource);
    }

    /**
     * What a reference leads to, as a map can read it: the resource, or one made of the reference's display and identifier;
     * null when it is of another type.
     */
    ObjectNode referred(ObjectNode reference, BackMap map, ObjectNode from) {
        String target = reference.path("reference").asText("");
        ObjectNode found = byReference.get(target);
        if (found != null) {
            boolean fits = found.path("resourceType").asText().equals(map.type())
                    && map.self().score(found, this) > Slot.EXCLUDED / 2
                    && found != from;
            return fits ? found : null;
        }
        String type = reference.path("type").asText(target.indexOf('/') > 0 ? target.split("/")[0] : map.type());
        return type.equals(map.type()) ? made(reference, map) : null;
    }

    private static ObjectNode made(ObjectNode reference, BackMap map) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        String display = reference.path("display").asText("");
        if (!display.isEmpty() && map.displayed() != null) {
            put(made, map.displayed().steps(), display);
        }
        if (reference.path("identifier").isObject()) {
            made.putArray("identifier").add(reference.get("identifier"));
        }
        return made.isEmpty() ? null : made.put("resourceType", map.type());
    }

    private static void put(ObjectNode made, List<BackPath.Step> steps, String text) {
        ObjectNode node = made;
        for (BackPath.Step step : steps.subList(0, steps.size() - 1)) {
            if (step.list()) {
                ArrayNode list = node.putArray(step.name());
                node = list.addObject();
            } else {
                node = node.putObject(step.name());
            }
        }
        node.put(steps.get(steps.size() - 1).name(), text);
    }
}

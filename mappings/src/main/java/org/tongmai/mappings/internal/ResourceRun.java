package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.tongmai.standards.canonical.CanonicalIds;

/** One resource in the making. Its identity depends on segments only, so it is known before its content is. */
final class ResourceRun {
    private final String name;
    private final MapPlan plan;
    private final ObjectNode content;
    private final MapRun source;
    private Identities.Key key;
    private boolean identified;
    private String id;

    ResourceRun(String name, MapPlan plan, ObjectNode content, MapRun source) {
        this.name = name;
        this.plan = plan;
        this.content = content;
        this.source = source;
    }

    /** What it is recognised by; null when the message holds nothing of the kind. */
    Identities.Key key() {
        if (!identified) {
            identified = true;
            key = Identities.of(plan, source);
            if (key != null) {
                id = CanonicalIds.idFor(plan.type(), key.system(), key.value());
            }
        }
        return key;
    }

    /** The relative reference; null without identity. */
    String reference() {
        return key() == null ? null : plan.type() + "/" + id;
    }

    /** Writes the id into the resource; nothing without identity. */
    void nameContent() {
        if (key() != null) {
            content.put("id", id);
        }
    }

    String id() {
        return key() == null ? null : id;
    }

    /** A FHIR Reference to it, with what it shows; null when there is neither. */
    ObjectNode referenceNode() {
        String display = display();
        String reference = reference();
        if (reference == null && display == null) {
            return null;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (reference != null) {
            node.put("reference", reference);
        }
        if (display != null) {
            node.put("display", display);
        }
        return node;
    }

    private String display() {
        JsonNode node = content;
        for (String step : plan.display()) {
            node = node.path(step);
            if (node.isArray()) {
                node = node.path(0);
            }
        }
        return plan.display().length > 0 && node.isTextual() ? node.textValue() : null;
    }

    String name() {
        return name;
    }

    String type() {
        return plan.type();
    }

    ObjectNode content() {
        return content;
    }

    MapRun source() {
        return source;
    }
}

package org.tongmai.adapters.fhir.internal.write;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.tongmai.adapters.fhir.internal.write.ElementPath.Found;
import org.tongmai.standards.canonical.FhirR4;

/** One operation of a FHIRPath Patch (FHIR R4, fhirpatch). Failures are told in our own words. */
final class FhirPathPatch {
    private FhirPathPatch() {}

    /** Changes the resource. */
    static void apply(JsonNode operation, String type, ObjectNode resource) {
        String path = text(operation, "path");
        List<Found> found = ElementPath.find(path, type, resource);
        switch (text(operation, "type")) {
            case "add" -> add(operation, type, one(found));
            case "insert" -> insert(operation, type, resource, path);
            case "delete" -> {
                if (!found.isEmpty()) {
                    delete(element(one(found)));
                }
            }
            case "replace" -> replace(operation, element(one(found)));
            case "move" -> move(operation, found);
            default -> throw new IllegalArgumentException("expected add, insert, delete, replace or move");
        }
    }

    private static void add(JsonNode operation, String type, Found parent) {
        String name = text(operation, "name");
        JsonNode target = parent.value();
        BaseRuntimeChildDefinition child = child(definition(type, parent.names()), name);
        if (!(target instanceof ObjectNode object) || child == null) {
            throw new IllegalArgumentException("expected an element that FHIR R4 knows there");
        }
        Value value = value(operation);
        String field = child instanceof RuntimeChildChoiceDefinition ? name + capitalised(value.type()) : name;
        if (child.getMax() == 1) {
            if (object.has(field)) {
                throw new IllegalArgumentException("found the element already there, expected a replace");
            }
            object.set(field, value.json());
        } else {
            object.withArray("/" + field).add(value.json());
        }
    }

    private static void insert(JsonNode operation, String type, ObjectNode resource, String path) {
        int dot = path.lastIndexOf('.');
        Found parent = one(ElementPath.find(path.substring(0, Math.max(0, dot)), type, resource));
        JsonNode target = parent.value();
        String name = path.substring(dot + 1);
        BaseRuntimeChildDefinition child = child(definition(type, parent.names()), name);
        if (!(target instanceof ObjectNode object) || child == null || child.getMax() == 1) {
            throw new IllegalArgumentException("expected a list that FHIR R4 knows there");
        }
        ArrayNode list = object.withArray("/" + name);
        list.insert(index(operation, "index", list.size()), value(operation).json());
    }

    private static void delete(Found element) {
        if (element.index() < 0) {
            element.holder().remove(List.of(element.field(), "_" + element.field()));
            return;
        }
        ArrayNode list = (ArrayNode) element.holder().get(element.field());
        list.remove(element.index());
        if (list.isEmpty()) {
            element.holder().remove(element.field());
        }
    }

    private static void replace(JsonNode operation, Found element) {
        Value value = value(operation);
        if (element.index() < 0) {
            element.holder().set(element.field(), value.json());
        } else {
            ((ArrayNode) element.holder().get(element.field())).set(element.index(), value.json());
        }
    }

    private static void move(JsonNode operation, List<Found> found) {
        if (found.isEmpty() || found.get(0).index() < 0) {
            throw new IllegalArgumentException("expected a list");
        }
        Found first = found.get(0);
        ArrayNode list = (ArrayNode) first.holder().get(first.field());
        int last = list.size() - 1;
        JsonNode moved = list.remove(index(operation, "source", last));
        list.insert(index(operation, "destination", last), moved);
    }

    /** A value and the FHIR type it was sent as. */
    private record Value(String type, JsonNode json) {}

    /** The value is one of a data type, or made of parts (FHIR R4, fhirpatch, section 3.1.6). */
    private static Value value(JsonNode operation) {
        JsonNode part = part(operation, "value");
        for (Iterator<Map.Entry<String, JsonNode>> fields = part.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getKey().startsWith("value")) {
                return new Value(field.getKey().substring(5), field.getValue().deepCopy());
            }
        }
        if (part.path("part").isEmpty()) {
            throw new IllegalArgumentException("expected a value");
        }
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        for (JsonNode child : part.path("part")) {
            ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
            wrapped.putArray("part").addObject().setAll((ObjectNode) child.deepCopy());
            ((ObjectNode) wrapped.at("/part/0")).put("name", "value");
            made.set(child.path("name").asText(), value(wrapped).json());
        }
        return new Value("", made);
    }

    private static JsonNode part(JsonNode operation, String name) {
        for (JsonNode part : operation.path("part")) {
            if (part.path("name").asText().equals(name)) {
                return part;
            }
        }
        throw new IllegalArgumentException("expected the part " + name);
    }

    private static String text(JsonNode operation, String name) {
        JsonNode part = part(operation, name);
        for (String kind : List.of("valueString", "valueCode")) {
            if (part.hasNonNull(kind)) {
                return part.get(kind).asText();
            }
        }
        throw new IllegalArgumentException("expected the part " + name + " as a string or code");
    }

    private static int index(JsonNode operation, String name, int most) {
        JsonNode value = part(operation, name).path("valueInteger");
        if (!value.isIntegralNumber() || value.asInt() < 0 || value.asInt() > most) {
            throw new IllegalArgumentException("expected " + name + " within the list");
        }
        return value.asInt();
    }

    private static Found one(List<Found> found) {
        if (found.size() != 1) {
            throw new IllegalArgumentException("found " + found.size() + " elements, expected one");
        }
        return found.get(0);
    }

    private static Found element(Found found) {
        if (found.field().isEmpty()) {
            throw new IllegalArgumentException("expected an element of the resource, not the resource");
        }
        return found;
    }

    private static BaseRuntimeElementDefinition<?> definition(String type, List<String> names) {
        BaseRuntimeElementDefinition<?> definition = FhirR4.context().getResourceDefinition(type);
        for (String name : names) {
            BaseRuntimeChildDefinition child = child(definition, name);
            definition = child == null ? null : child.getChildByName(name);
        }
        return definition;
    }

    private static BaseRuntimeChildDefinition child(BaseRuntimeElementDefinition<?> definition, String name) {
        if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return null;
        }
        BaseRuntimeChildDefinition child = composite.getChildByName(name);
        return child == null ? composite.getChildByName(name + "[x]") : child;
    }

    private static String capitalised(String type) {
        return type.isEmpty() ? "" : Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }
}

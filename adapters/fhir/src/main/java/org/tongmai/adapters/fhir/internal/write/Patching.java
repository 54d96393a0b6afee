package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonPatch;
import java.util.Iterator;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;

/** Applies patches to stored resources; each operation sees what the ones before it left. */
final class Patching {
    private static final int MOST_OPERATIONS = 200;
    /** A few operations could double a resource again and again, in elements, in text or in depth. */
    private static final int MOST_NODES = 50_000;

    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int MOST_DEPTH = 64;

    private Patching() {}

    /** The patched resource; the stored one is not changed. */
    static ObjectNode apply(Change change, ObjectNode stored) {
        JsonNode operations = change.patch().operations();
        if (operations.isEmpty() || operations.size() > MOST_OPERATIONS) {
            throw refuse(change, -1, "expected 1 to " + MOST_OPERATIONS + " operations");
        }
        JsonNode current = stored.deepCopy();
        for (int i = 0; i < operations.size(); i++) {
            current = change.patch().language() == Patch.Language.JSON_PATCH
                    ? json(change, operations, i, current)
                    : fhirPath(change, operations, i, (ObjectNode) current);
            // An operation at most doubles what is there, and copies share their texts.
            if (!new Size().holds(current, 1)) {
                throw refuse(
                        change,
                        i,
                        "expected a result of at most " + MOST_NODES + " elements, " + MOST_CHARACTERS
                                + " characters and " + MOST_DEPTH + " levels");
            }
        }
        return (ObjectNode) current;
    }

    /** RFC 6902. */
    private static JsonNode json(Change change, JsonNode operations, int index, JsonNode current) {
        JsonNode next;
        try {
            next = JsonPatch.apply(JsonNodeFactory.instance.arrayNode().add(operations.get(index)), current);
        } catch (RuntimeException e) { // of many kinds; their texts quote the resource
            throw refuse(change, index, "expected a path of the resource, and a test that holds");
        }
        if (!next.isObject()) {
            throw refuse(change, index, "expected a resource to be left");
        }
        return next;
    }

    private static JsonNode fhirPath(Change change, JsonNode operations, int index, ObjectNode current) {
        try {
            FhirPathPatch.apply(operations.get(index), change.type(), current);
            return current;
        } catch (IllegalArgumentException e) {
            // Our own words.
            throw refuse(change, index, e.getMessage());
        } catch (RuntimeException e) { // a part of another form than FHIR gives it
            throw refuse(change, index, "expected an operation as FHIR R4 writes it");
        }
    }

    /** Counts until there is too much. */
    private static final class Size {
        private int nodes;
        private long characters;

        boolean holds(JsonNode node, int depth) {
            characters += node.isTextual() ? node.textValue().length() : 0;
            if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
                return false;
            }
            for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
                characters += names.next().length();
            }
            for (JsonNode child : node) {
                if (!holds(child, depth + 1)) {
                    return false;
                }
            }
            return characters <= MOST_CHARACTERS;
        }
    }

    private static CodedException refuse(Change change, int index, String detail) {
        String operation = index < 0 ? "" : "operation[" + index + "]";
        String where = change.place().isEmpty()
                ? operation
                : change.place() + ".resource" + (operation.isEmpty() ? "" : "." + operation);
        return ChangeReader.refuse(FhirError.PATCH_NOT_POSSIBLE, where, detail);
    }
}

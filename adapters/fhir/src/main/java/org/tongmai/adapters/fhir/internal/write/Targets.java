package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.StoredResource;

/** Finds the stored resource that a change is about, and what it demands of it. */
final class Targets {
    private final StoredTypes types;

    Targets(StoredTypes types) {
        this.types = types;
    }

    Optional<StoredResource> find(Change change, StoreView store) {
        return change.id().isEmpty()
                ? store.only(change.type(), change.criteria(), change.at("request.url", change.type()))
                : store.find(change.type(), change.id());
    }

    /** A patch tried on what is stored: the whole resource, with the version it was made of. */
    Change patched(Change change, StoreView store) {
        StoredResource stored = find(change, store)
                .filter(each -> each.state() == StoredResource.State.CURRENT)
                .orElseThrow(() -> ChangeReader.refuse(
                        FhirError.NOT_FOUND, change.at("request.url", change.type()), "expected a stored resource"));
        int seen = stored.version().version();
        requireVersion(change, seen);
        String id = stored.version().id();
        ObjectNode whole = Patching.apply(change, stored.resource().content());
        if (!whole.path("id").asText().equals(id)
                || !whole.path("resourceType").asText().equals(change.type())) {
            throw ChangeReader.refuse(
                    FhirError.PATCH_NOT_POSSIBLE, change.at(change.type() + ".id"), "expected type and id untouched");
        }
        requireIdentity(change, stored, whole);
        return change.looked(id, whole, new Patch.Look(seen, List.of()));
    }

    static int version(Optional<StoredResource> stored) {
        return stored.filter(each -> each.state() == StoredResource.State.CURRENT)
                .map(each -> each.version().version())
                .orElse(0);
    }

    static void requireVersion(Change change, int found) {
        if (!change.conditions().hold(found)) {
            int asked = change.conditions().version();
            throw ChangeReader.refuse(
                    FhirError.PRECONDITION_FAILED,
                    asked == 0
                            ? change.at("request.ifNoneMatch", "If-None-Match")
                            : change.at("request.ifMatch", "If-Match"),
                    "found version " + found + ", expected "
                            + (asked == Change.Conditions.EXISTING ? "one" : asked == 0 ? "none" : asked));
        }
    }

    /** An identifier that the id comes from stays, or messages of the one thing would land on another. */
    void requireIdentity(Change change, StoredResource stored, ObjectNode next) {
        String id = stored.version().id();
        if (types.identifies(change.type(), id, stored.resource().content())
                && !types.identifies(change.type(), id, next)) {
            throw ChangeReader.refuse(
                    FhirError.IDENTITY_CHANGED,
                    change.at(change.type() + ".identifier"),
                    "expected the identifier that the id comes from");
        }
    }
}

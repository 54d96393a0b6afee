package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.StoredResource;

/**
 * Makes the references of a request those of the store (FHIR R4, http, section 3.1.0.11.2): what entries call each other
 * becomes the id they get, a search becomes what it finds. A reference that leads nowhere refuses the request, because
 * nobody could mend it later.
 */
final class References {
    private static final Pattern LOCAL =
            Pattern.compile("([A-Z][A-Za-z]{1,63})/([A-Za-z0-9\\-.]{1,64})(?:/_history/[0-9]{1,9})?");
    private static final Pattern CONDITIONAL = Pattern.compile("([A-Z][A-Za-z]{1,63})\\?(.+)");

    /** The {@code url} of an extension or of a resource says what it is; only that of an attachment leads somewhere. */
    private static final Pattern NAMES_ITSELF =
            Pattern.compile("[A-Za-z]+|(?:.+\\.)(?:extension|modifierExtension|contained)\\[[0-9]+]");

    private final StoreView store;
    private final String base;
    private final Map<String, String> entries = new HashMap<>();
    private final Map<String, String> found = new HashMap<>();
    private final Set<String> there = new HashSet<>();

    /** @param base the endpoint's own base address */
    References(StoreView store, String base) {
        this.store = store;
        this.base = base;
    }

    /** An entry is stored as {@code reference}; others may call it by its {@code fullUrl}. */
    void entry(String fullUrl, String reference) {
        there.add(reference);
        if (!fullUrl.isEmpty() && entries.put(fullUrl, reference) != null) {
            throw ChangeReader.refuse(FhirError.INVALID_REQUEST, "Bundle.entry", "expected each fullUrl once");
        }
    }

    /** Rewrites the references of a resource, in place. */
    void resolve(Change change) {
        int type = change.fullUrl().lastIndexOf("/" + change.type() + "/");
        walk(change.resource(), change, type < 0 ? "" : change.fullUrl().substring(0, type + 1), change.type());
    }

    private void walk(JsonNode node, Change change, String own, String path) {
        if (node instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (value.isTextual() && name.equals("reference")) {
                    String target = target(value.textValue(), own, change.at(path + "." + name));
                    field.setValue(object.textNode(target));
                } else if (value.isTextual()
                        && name.equals("url")
                        && !NAMES_ITSELF.matcher(path).matches()
                        && entries.containsKey(value.textValue())) {
                    // An attachment that is an entry of its own.
                    field.setValue(object.textNode(entries.get(value.textValue())));
                } else {
                    walk(value, change, own, path + "." + name);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), change, own, path + "[" + i + "]");
            }
        }
    }

    private String target(String given, String own, String location) {
        String reference = !base.isEmpty() && given.startsWith(base + "/") ? given.substring(base.length() + 1) : given;
        String entry = entries.getOrDefault(own + reference, entries.get(reference));
        if (entry != null) {
            return entry;
        }
        Matcher conditional = CONDITIONAL.matcher(reference);
        if (conditional.matches()) {
            return found.computeIfAbsent(reference, any -> only(conditional.group(1), conditional.group(2), location));
        }
        Matcher local = LOCAL.matcher(reference);
        if (local.matches()) {
            requireThere(local.group(1), local.group(2), location);
        } else if (!reference.startsWith("#") && !reference.matches("https?://.+")) {
            throw ChangeReader.refuse(
                    FhirError.REFERENCE_UNRESOLVED, location, "expected a resource of the request or of the store");
        }
        return reference;
    }

    private String only(String type, String criteria, String location) {
        return type + "/"
                + store.only(type, criteria, location)
                        .map(each -> each.version().id())
                        .orElseThrow(() -> ChangeReader.refuse(
                                FhirError.REFERENCE_UNRESOLVED, location, "found none, expected one match"));
    }

    private void requireThere(String type, String id, String location) {
        String reference = type + "/" + id;
        if (!there.contains(reference)) {
            store.find(type, id)
                    .filter(each -> each.state() == StoredResource.State.CURRENT)
                    .orElseThrow(() -> ChangeReader.refuse(
                            FhirError.REFERENCE_UNRESOLVED, location, "found no " + type + " with this id"));
            there.add(reference);
        }
    }
}

package org.tongmai.adapters.fhir.internal.write;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.internal.Matching;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;

/** What is stored, as one request sees it: each resource is read once. */
final class StoreView {
    private static final int MOST_SEARCHES = 500;

    private final CanonicalSearch search;
    private final Matching matching;
    private final String base;
    private final Map<String, Optional<StoredResource>> read = new HashMap<>();
    private int searches;

    StoreView(CanonicalSearch search, Matching matching, String base) {
        this.search = search;
        this.matching = matching;
        this.base = base;
    }

    Optional<StoredResource> find(String type, String id) {
        return read.computeIfAbsent(type + "/" + id, any -> search.find(type, id));
    }

    /** The one resource that a search finds; more than one refuse the request. */
    Optional<StoredResource> only(String type, String criteria, String location) {
        if (++searches > MOST_SEARCHES) {
            throw ChangeReader.refuse(
                    FhirError.BODY_TOO_COSTLY, location, "expected at most " + MOST_SEARCHES + " searches");
        }
        List<StoredResource> found = matching.find(type, criteria, base);
        if (found.size() > 1) {
            throw ChangeReader.refuse(
                    FhirError.PRECONDITION_FAILED, location, "found more than one match, expected one at most");
        }
        return found.stream().findFirst();
    }
}

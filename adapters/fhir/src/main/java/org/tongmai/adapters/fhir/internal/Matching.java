package org.tongmai.adapters.fhir.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Finds the resource that a search means: for conditional writing and conditional references. */
public final class Matching {
    private final CanonicalSearch search;
    private final FhirSettings settings;

    public Matching(CanonicalSearch search, FhirSettings settings) {
        this.search = search;
        this.settings = settings;
    }

    /**
     * Finds current resources.
     *
     * @param criteria as in the query of an address, escaped
     * @param base the endpoint's own base address
     * @return at most two
     */
    public List<StoredResource> find(String type, String criteria, String base) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String pair : criteria.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (equals < 0 || equals == pair.length() - 1 || name.startsWith("_") && !name.equals("_id")) {
                throw new CodedException(Issue.of(
                        FhirError.INVALID_VALUE, CriteriaReader.shown(name), "expected name=value of a search"));
            }
            given.computeIfAbsent(name, any -> new ArrayList<>()).add(decode(pair.substring(equals + 1)));
        }
        CriteriaReader reader = new CriteriaReader(type, search.parameters(), settings, base);
        given.forEach(reader::read);
        List<Criterion> criterions = reader.criteria();
        return search.search(new SearchQuery(type, criterions, List.of(), SearchQuery.Page.first(2)))
                .matches();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CodedException(
                    Issue.of(FhirError.INVALID_REQUEST, "", "expected two hexadecimal digits after every %"));
        }
    }
}

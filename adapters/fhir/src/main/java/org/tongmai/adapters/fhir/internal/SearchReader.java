package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.DateRange;
import org.tongmai.standards.canonical.EverythingQuery;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;

/**
 * Reads requests into queries. What is not understood is refused, because a filter that is silently left out
 * shows other people's data; {@code Prefer: handling=lenient} asks for the other way.
 */
public final class SearchReader {
    private static final String COUNT = "_count";
    /** Parameters that say how to answer, not what; HAPI or the guard reads them. */
    private static final Set<String> PRESENTATION =
            Set.of("_format", "_pretty", "_summary", "_elements", "_elements:exclude");

    private final SearchParameters parameters;
    private final FhirSettings settings;

    public SearchReader(SearchParameters parameters, FhirSettings settings) {
        this.parameters = parameters;
        this.settings = settings;
    }

    Reading search(String type, RequestDetails request) {
        Map<String, String[]> given = given(request);
        CriteriaReader criteria = new CriteriaReader(type, parameters, settings, request.getFhirServerBase());
        PageLinks links = new PageLinks(request.getFhirServerBase() + "/" + type);
        List<Issue> ignored = new ArrayList<>();
        boolean lenient = isLenient(request);
        for (Map.Entry<String, String[]> parameter : given.entrySet()) {
            List<String> values = Arrays.asList(parameter.getValue());
            if (!isOurs(parameter.getKey())) {
                try {
                    criteria.read(parameter.getKey(), values);
                } catch (CodedException refusal) {
                    if (!lenient || !isIgnorable(refusal)) {
                        throw refusal;
                    }
                    refusal.issues()
                            .forEach(issue -> ignored.add(new Issue(
                                    issue.code(), Severity.WARNING, issue.location(), "ignored: " + issue.detail())));
                    continue;
                }
            }
            links.keep(parameter.getKey(), parameter.getKey().equals(COUNT) ? bounded(given) : values);
        }
        SearchQuery query = new SearchQuery(type, criteria.criteria(), criteria.includes(), page(given));
        return new Reading(query, links, ignored);
    }

    Everything everything(RequestDetails request) {
        Map<String, String[]> given = given(request);
        PageLinks links = links(request, given, Set.of(COUNT, "_since", "_type", PageLinks.CURSOR));
        Set<String> types = new LinkedHashSet<>();
        for (String value : given.getOrDefault("_type", new String[0])) {
            types.addAll(Arrays.asList(value.split(",")));
        }
        if (!parameters.types().containsAll(types)) {
            throw SearchValues.invalid("_type", "metadata lists the types");
        }
        String since = single(given, "_since", "");
        Optional<Instant> moment = DateRange.parse(since, settings.zone()).map(DateRange::low);
        if (!since.isEmpty() && moment.isEmpty()) {
            throw SearchValues.invalid("_since", "expected a time such as 2026-11-20T08:00:00Z");
        }
        SearchQuery query = new SearchQuery("Patient", List.of(), List.of(), page(given));
        return new Everything(types, moment, new Reading(query, links, List.of()));
    }

    History history(RequestDetails request) {
        Map<String, String[]> given = given(request);
        PageLinks links = links(request, given, Set.of(COUNT, PageLinks.CURSOR));
        String cursor = single(given, PageLinks.CURSOR, "");
        if (!cursor.matches("[0-9]{0,9}")) {
            throw SearchValues.invalid(PageLinks.CURSOR, "expected a number");
        }
        int before = cursor.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cursor);
        return new History(before, Math.max(1, count(given)), links);
    }

    private PageLinks links(RequestDetails request, Map<String, String[]> given, Set<String> known) {
        PageLinks links = new PageLinks(request.getFhirServerBase() + "/" + request.getRequestPath());
        given.forEach((name, values) -> {
            if (!known.contains(name) && !PRESENTATION.contains(name)) {
                throw new CodedException(Issue.of(FhirError.UNKNOWN_PARAMETER, CriteriaReader.shown(name), ""));
            }
            links.keep(name, name.equals(COUNT) ? bounded(given) : Arrays.asList(values));
        });
        return links;
    }

    private SearchQuery.Page page(Map<String, String[]> given) {
        boolean countOnly = single(given, "_summary", "").equals("count");
        SearchQuery.Total total =
                switch (single(given, "_total", "none")) {
                    case "none" -> SearchQuery.Total.NONE;
                    case "accurate", "estimate" -> SearchQuery.Total.ACCURATE;
                    default -> throw SearchValues.invalid("_total", "expected none, estimate or accurate");
                };
        SearchQuery.Order order =
                switch (single(given, "_sort", "")) {
                    case "" -> SearchQuery.Order.YOUNGEST_FIRST;
                    case "_lastUpdated" -> SearchQuery.Order.LAST_UPDATED_LAST;
                    case "-_lastUpdated" -> SearchQuery.Order.LAST_UPDATED_FIRST;
                    default -> throw SearchValues.invalid("_sort", "expected _lastUpdated or -_lastUpdated");
                };
        return new SearchQuery.Page(
                order,
                countOnly ? 0 : count(given),
                single(given, PageLinks.CURSOR, ""),
                countOnly ? SearchQuery.Total.ACCURATE : total);
    }

    private int count(Map<String, String[]> given) {
        String text = single(given, COUNT, Integer.toString(settings.defaultCount()));
        if (!text.matches("[0-9]{1,18}")) {
            throw SearchValues.invalid(COUNT, "expected a number, 0 or more");
        }
        return (int) Math.min(Long.parseLong(text), settings.maxCount());
    }

    /** The links say what was done, not what was asked for (FHIR R4, search, section 3.1.1.4.7). */
    private List<String> bounded(Map<String, String[]> given) {
        return List.of(Integer.toString(count(given)));
    }

    private static String single(Map<String, String[]> given, String name, String otherwise) {
        String[] values = given.get(name);
        if (values == null) {
            return otherwise;
        }
        if (values.length != 1) {
            throw SearchValues.invalid(name, "expected once, found " + values.length + " times");
        }
        return values[0];
    }

    private static Map<String, String[]> given(RequestDetails request) {
        return new TreeMap<>(request.getParameters());
    }

    private static boolean isOurs(String name) {
        return PRESENTATION.contains(name)
                || Set.of(COUNT, "_total", "_sort", PageLinks.CURSOR).contains(name);
    }

    private static boolean isIgnorable(CodedException refusal) {
        return refusal.code() == FhirError.UNKNOWN_PARAMETER || refusal.code() == FhirError.UNSUPPORTED_MODIFIER;
    }

    private static boolean isLenient(RequestDetails request) {
        List<String> preferences = request.getHeaders("Prefer");
        return preferences != null
                && preferences.stream().anyMatch(each -> each.replace(" ", "").contains("handling=lenient"));
    }

    /** A request for everything about a patient as understood. */
    record Everything(Set<String> types, Optional<Instant> since, Reading reading) {
        EverythingQuery query(List<String> patientIds) {
            return new EverythingQuery(patientIds, types, since, reading.query().page());
        }
    }

    /** A search as understood; {@code ignored} says what was left out because the client wished so. */
    record Reading(SearchQuery query, PageLinks links, List<Issue> ignored) {}

    /** A page of a history: {@code count} versions below {@code before}. */
    record History(int before, int count, PageLinks links) {
        boolean isFirst() {
            return before == Integer.MAX_VALUE;
        }
    }
}

package org.tongmai.console.server.document;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.canonical.CanonicalIds;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.DateRange;
import org.tongmai.standards.canonical.DateTest;
import org.tongmai.standards.canonical.SearchQuery;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * A selection of registered documents as a client writes it; empty means any. Refuses what it can not read, naming the
 * parameter and the expected form, never the value.
 *
 * @param patient logical id of the patient
 * @param type code, for example {@code C0002}
 * @param documentId the document's own number
 * @param status {@code current} or {@code superseded}
 * @param from made at this day or time or later
 * @param to made before it
 * @param organization national number of the keeping institution (2.16.156.10011.1.5)
 * @param cursor {@code next} of the page before
 * @param limit 1 to 200, by default 50
 */
public record DocumentFilter(
        String patient,
        String type,
        String documentId,
        String status,
        String from,
        String to,
        String organization,
        String cursor,
        String limit) {
    private static final int PAGE = 50;
    private static final String INSTITUTIONS = "urn:oid:2.16.156.10011.1.5";

    SearchQuery query() {
        List<Criterion> criteria = new ArrayList<>();
        if (given(patient, "patient")) {
            criteria.add(new Criterion.ReferenceIs("patient", List.of("Patient/" + patient.strip())));
        }
        token(criteria, "type", type);
        token(criteria, "identifier", documentId);
        token(criteria, "status", status);
        date(criteria, DateTest.Comparison.GE, from, "from");
        date(criteria, DateTest.Comparison.LT, to, "to");
        if (given(organization, "organization")) {
            String id = CanonicalIds.idFor("Organization", INSTITUTIONS, organization.strip());
            criteria.add(new Criterion.ReferenceIs("custodian", List.of("Organization/" + id)));
        }
        SearchQuery.Page page =
                new SearchQuery.Page(SearchQuery.Order.YOUNGEST_FIRST, pageSize(), cursor, SearchQuery.Total.NONE);
        return new SearchQuery("DocumentReference", criteria, List.of(), page);
    }

    /** The same selection, at another page and as large a page as there is. */
    DocumentFilter at(String next) {
        return new DocumentFilter(patient, type, documentId, status, from, to, organization, next, "200");
    }

    private static void token(List<Criterion> criteria, String parameter, String code) {
        if (given(code, parameter)) {
            List<Criterion.Token> tokens = List.of(new Criterion.Token(null, code.strip()));
            criteria.add(new Criterion.TokenIs(parameter, tokens));
        }
    }

    private static void date(List<Criterion> criteria, DateTest.Comparison comparison, String text, String name) {
        if (given(text, name)) {
            // A plus sign in a query that was not escaped arrives as a blank.
            DateRange range = DateRange.parse(text.strip().replace(' ', '+'), ZoneId.systemDefault())
                    .orElseThrow(() -> refused(name, "expected: an ISO date or time"));
            criteria.add(new Criterion.DateIs("date", List.of(new DateTest(comparison, range))));
        }
    }

    private static boolean given(String value, String name) {
        if (value == null || value.isBlank()) {
            return false;
        }
        if (value.length() > 128 || value.indexOf('\0') >= 0) {
            throw refused(name, "expected: up to 128 characters");
        }
        return true;
    }

    private int pageSize() {
        if (limit == null || limit.isBlank()) {
            return PAGE;
        }
        if (limit.matches("[0-9]{1,3}")) {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= 200) {
                return size;
            }
        }
        throw refused("limit", "expected: 1 to 200");
    }

    private static CodedException refused(String name, String expected) {
        return new CodedException(Issue.of(ConsoleError.BAD_PARAMETER, name, expected));
    }

    @Override
    public String toString() {
        return "DocumentFilter";
    }
}

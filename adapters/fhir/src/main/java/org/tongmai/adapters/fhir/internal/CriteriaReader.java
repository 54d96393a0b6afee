package org.tongmai.adapters.fhir.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.adapters.fhir.FhirSettings;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.SearchKind;
import org.tongmai.standards.canonical.SearchParameter;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads the parameters of one search into criteria. */
final class CriteriaReader {
    private static final String ID = "[A-Za-z0-9\\-.]{1,64}";
    private static final String REFERENCE = "[A-Z][A-Za-z]{1,63}/" + ID;

    private final String type;
    private final SearchParameters parameters;
    private final FhirSettings settings;
    private final String base;
    private final List<Criterion> criteria = new ArrayList<>();
    private final Set<String> includes = new LinkedHashSet<>();
    private int values;

    CriteriaReader(String type, SearchParameters parameters, FhirSettings settings, String base) {
        this.type = type;
        this.parameters = parameters;
        this.settings = settings;
        this.base = base + "/";
    }

    List<Criterion> criteria() {
        return criteria;
    }

    List<String> includes() {
        return List.copyOf(includes);
    }

    /** Reads one parameter; each of its values is a criterion of its own. */
    void read(String key, List<String> given) {
        int colon = key.indexOf(':');
        String name = colon < 0 ? key : key.substring(0, colon);
        String modifier = colon < 0 ? "" : key.substring(colon + 1);
        SearchParameter row = row(name);
        boolean reference = row != null && row.kind() == SearchKind.REFERENCE;
        if (!modifier.isEmpty() && !(reference && modifier.matches("[A-Z][A-Za-z]{1,63}"))) {
            throw new CodedException(Issue.of(
                    FhirError.UNSUPPORTED_MODIFIER, name, "only references take one, the type of their target"));
        }
        for (String value : given) {
            if (name.equals("_include")) {
                include(value);
            } else {
                List<String> alternatives = SearchValues.alternatives(name, value);
                values += alternatives.size();
                if (values > settings.maxValues()) {
                    throw new CodedException(
                            Issue.of(FhirError.TOO_COSTLY, "", "at most " + settings.maxValues() + " values"));
                }
                criteria.add(criterion(name, row, modifier, alternatives));
            }
        }
    }

    private SearchParameter row(String name) {
        if (Set.of("_id", "_lastUpdated", "_include").contains(name)) {
            return null;
        }
        return parameters
                .find(type, name)
                .orElseThrow(() -> new CodedException(
                        Issue.of(FhirError.UNKNOWN_PARAMETER, shown(name), "metadata lists those of " + type)));
    }

    private Criterion criterion(String name, SearchParameter row, String modifier, List<String> alternatives) {
        if (row == null) {
            return name.equals("_id") ? ids(alternatives) : new Criterion.LastUpdatedIs(dates(name, alternatives));
        }
        return switch (row.kind()) {
            case TOKEN ->
                new Criterion.TokenIs(
                        name,
                        alternatives.stream()
                                .map(each -> SearchValues.token(name, each))
                                .toList());
            case STRING ->
                new Criterion.TextStarts(
                        name, alternatives.stream().map(SearchValues::unescape).toList());
            case REFERENCE -> new Criterion.ReferenceIs(name, references(row, modifier, alternatives));
            case DATE, PERIOD -> new Criterion.DateIs(name, dates(name, alternatives));
        };
    }

    private static Criterion ids(List<String> alternatives) {
        if (!alternatives.stream().allMatch(each -> each.matches(ID))) {
            throw SearchValues.invalid("_id", "expected 1 to 64 letters, digits, '-' and '.'");
        }
        return new Criterion.IdIs(alternatives);
    }

    private List<org.tongmai.standards.canonical.DateTest> dates(String name, List<String> alternatives) {
        return alternatives.stream()
                .map(each -> SearchValues.date(name, each, settings.zone()))
                .toList();
    }

    private List<String> references(SearchParameter row, String modifier, List<String> alternatives) {
        List<String> references = new ArrayList<>();
        for (String alternative : alternatives) {
            String plain = SearchValues.unescape(alternative);
            String relative = plain.startsWith(base) ? plain.substring(base.length()) : plain;
            if (relative.matches(REFERENCE)) {
                String target = relative.substring(0, relative.indexOf('/'));
                if (isTarget(row, target) && (modifier.isEmpty() || modifier.equals(target))) {
                    references.add(relative);
                }
            } else if (relative.matches(ID)) {
                Iterable<String> targets = !modifier.isEmpty()
                        ? List.of(modifier)
                        : row.targets().isEmpty() ? parameters.types() : row.targets();
                for (String target : targets) {
                    if (isTarget(row, target)) {
                        references.add(target + "/" + relative);
                    }
                }
            } else {
                throw SearchValues.invalid(row.name(), "expected Type/id or id");
            }
        }
        return references;
    }

    private static boolean isTarget(SearchParameter row, String type) {
        return row.targets().isEmpty() || row.targets().contains(type);
    }

    private void include(String value) {
        String[] parts = value.split(":", -1);
        boolean own = parts.length >= 2 && parts.length <= 3 && parts[0].equals(type);
        if (own && parts[1].equals("*")) {
            parameters.of(type).stream()
                    .filter(row -> row.kind() == SearchKind.REFERENCE)
                    .forEach(row -> includes.add(row.name()));
            return;
        }
        SearchParameter row = own ? parameters.find(type, parts[1]).orElse(null) : null;
        if (row == null || row.kind() != SearchKind.REFERENCE) {
            throw SearchValues.invalid("_include", "expected " + type + ":<a reference parameter of it>");
        }
        if (parts.length == 3 && !row.targets().isEmpty() && !row.targets().contains(parts[2])) {
            throw SearchValues.invalid("_include", "the reference never points at that type");
        }
        includes.add(row.name());
    }

    /** Repeats a parameter's name only if it looks like one: a client may have put a value in its place. */
    static String shown(String name) {
        return name.matches("[_a-z][a-zA-Z-]{0,30}") ? name : "";
    }
}

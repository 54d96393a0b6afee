package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.patientindex.Evidence;
import org.tongmai.standards.patientindex.PersonDirectory.PatientMatch;

/** Makes Bundles of pages. */
public final class SearchBundles {
    private static final String MATCH_GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";
    private static final String MATCH_RULE = "https://tongmai.org/fhir/StructureDefinition/match-rule";
    private static final String MATCH_EVIDENCE = "https://tongmai.org/fhir/StructureDefinition/match-evidence";
    private static final int SCORE_DIGITS = 6;

    private final FhirContext context;

    public SearchBundles(FhirContext context) {
        this.context = context;
    }

    /** Makes the HAPI resource of a stored one. */
    Resource resource(StoredResource stored) {
        IParser parser = context.newJsonParser();
        // Quiet: its log lines would quote values.
        parser.setParserErrorHandler(new LenientErrorHandler(false).setErrorOnInvalidValue(false));
        return (Resource) parser.parseResource(stored.resource().content().toString());
    }

    Bundle searchset(SearchPage page, SearchReader.Reading reading, RequestDetails request) {
        Bundle bundle = bundle(Bundle.BundleType.SEARCHSET);
        page.total()
                .ifPresentOrElse(
                        total -> bundle.setTotal((int) Math.min(total, Integer.MAX_VALUE)),
                        () -> TotalInterceptor.untotalled(bundle));
        bundle.addLink().setRelation("self").setUrl(reading.links().self());
        page.next().ifPresent(cursor -> bundle.addLink()
                .setRelation("next")
                .setUrl(reading.links().next(cursor)));
        String base = request.getFhirServerBase();
        page.matches().forEach(each -> entry(bundle, each, base, Bundle.SearchEntryMode.MATCH));
        page.included().forEach(each -> entry(bundle, each, base, Bundle.SearchEntryMode.INCLUDE));
        if (!reading.ignored().isEmpty()) {
            bundle.addEntry()
                    .setResource(Outcomes.of(reading.ignored()))
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.OUTCOME);
        }
        return bundle;
    }

    /** Makes the answer of {@code $match}: most likely first, each with its score, grade and evidence. */
    Bundle matches(List<PatientMatch> matches, Map<String, StoredResource> patients, String base) {
        Bundle bundle = bundle(Bundle.BundleType.SEARCHSET);
        for (PatientMatch match : matches) {
            StoredResource patient = patients.get(match.patientId());
            if (patient != null) {
                entry(bundle, patient, base, Bundle.SearchEntryMode.MATCH);
                Bundle.BundleEntrySearchComponent search =
                        bundle.getEntry().get(bundle.getEntry().size() - 1).getSearch();
                search.setScore(
                        BigDecimal.valueOf(match.verdict().probability()).setScale(SCORE_DIGITS, RoundingMode.DOWN));
                search.addExtension(
                        MATCH_GRADE, new CodeType(match.verdict().grade().code()));
                search.addExtension(MATCH_RULE, new StringType(match.verdict().rule()));
                for (Evidence evidence : match.verdict().evidence()) {
                    search.addExtension(
                            MATCH_EVIDENCE,
                            new StringType(String.format(
                                    Locale.ROOT,
                                    "%s %s %+.1f",
                                    evidence.field(),
                                    evidence.level(),
                                    evidence.weight())));
                }
            }
        }
        return bundle.setTotal(bundle.getEntry().size());
    }

    Bundle history(List<StoredResource> versions, SearchReader.History page, RequestDetails request) {
        Bundle bundle = bundle(Bundle.BundleType.HISTORY);
        TotalInterceptor.untotalled(bundle);
        bundle.addLink().setRelation("self").setUrl(page.links().self());
        List<StoredResource> shown = versions.subList(0, Math.min(page.count(), versions.size()));
        if (versions.size() > shown.size() && !shown.isEmpty()) {
            int last = shown.get(shown.size() - 1).version().version();
            bundle.addLink().setRelation("next").setUrl(page.links().next(Integer.toString(last)));
        }
        for (StoredResource each : shown) {
            boolean deleted = each.state() == StoredResource.State.DELETED;
            String reference = each.version().reference();
            Bundle.BundleEntryComponent entry =
                    bundle.addEntry().setFullUrl(request.getFhirServerBase() + "/" + reference);
            if (!deleted) {
                entry.setResource(resource(each));
            }
            entry.getRequest()
                    .setMethod(deleted ? Bundle.HTTPVerb.DELETE : Bundle.HTTPVerb.PUT)
                    .setUrl(reference);
            entry.getResponse()
                    .setStatus(deleted ? "204" : each.version().version() == 1 ? "201" : "200")
                    .setEtag("W/\"" + each.version().version() + "\"")
                    .setLastModified(Date.from(each.lastUpdated()));
        }
        return bundle;
    }

    private static Bundle bundle(Bundle.BundleType type) {
        Bundle bundle = new Bundle().setType(type);
        bundle.setId(UUID.randomUUID().toString());
        bundle.getMeta().setLastUpdated(new Date());
        return bundle;
    }

    private void entry(Bundle bundle, StoredResource stored, String base, Bundle.SearchEntryMode mode) {
        bundle.addEntry()
                .setFullUrl(base + "/" + stored.version().reference())
                .setResource(resource(stored))
                .getSearch()
                .setMode(mode);
    }
}

package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Patient;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.canonical.SearchPage;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.PersonDirectory;
import org.tongmai.standards.patientindex.PersonDirectory.PatientMatch;

/** Serves patients, persons as patients, everything about one, and whom a Patient may be. */
public final class PatientProvider extends ResourceProvider {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MATCHES = 10;
    private static final int MOST_MATCHES = 100;

    private final PersonDirectory persons;
    private final PersonPatient personPatient;

    public PatientProvider(
            CanonicalSearch search, PersonDirectory persons, SearchReader reader, SearchBundles bundles) {
        super("Patient", search, reader, bundles);
        this.persons = persons;
        this.personPatient = new PersonPatient(search);
    }

    /** A person's id reads as a Patient that links to the person's records. */
    @Override
    Optional<StoredResource> find(String id) {
        return Person.number(id) == 0 ? super.find(id) : persons.find(id).map(personPatient::of);
    }

    /**
     * Answers the person's Patients of all hospitals with what refers to them, page by page. The person comes first, as
     * a Patient that links to the others, when there are several or it was asked for.
     */
    @Operation(
            name = "$everything",
            idempotent = true,
            bundleType = ca.uhn.fhir.model.valueset.BundleTypeEnum.SEARCHSET)
    public Bundle everything(@IdParam IdType id, RequestDetails request) {
        SearchReader.Everything asked = reader().everything(request);
        StoredResource patient = find(id.getIdPart())
                .orElseThrow(() -> new CodedException(Issue.of(FhirError.NOT_FOUND, "Patient", "")));
        if (patient.state() == StoredResource.State.DELETED) {
            throw new CodedException(Issue.of(FhirError.DELETED, "Patient", ""));
        }
        Optional<Person> person = persons.find(id.getIdPart());
        List<String> ids = person.map(Person::patientIds).orElse(List.of(id.getIdPart()));
        SearchPage page = canonical().everything(asked.query(ids));
        boolean first = asked.reading().query().page().cursor().isEmpty();
        boolean several = ids.size() > 1 || Person.number(id.getIdPart()) != 0;
        if (first && person.isPresent() && several) {
            List<StoredResource> matches = new ArrayList<>(page.matches());
            StoredResource whole = personPatient.of(person.get());
            if (asked.query(ids).wants(whole)) {
                matches.add(0, whole);
            }
            page = new SearchPage(matches, page.included(), page.next(), page.total());
        }
        return bundles().searchset(page, asked.reading(), request);
    }

    /** Answers whom a Patient may be, most likely first (FHIR R4, Patient/$match); one record a person. */
    @Operation(name = "$match", bundleType = ca.uhn.fhir.model.valueset.BundleTypeEnum.SEARCHSET)
    public Bundle match(
            @OperationParam(name = "resource", min = 1) Patient patient,
            @OperationParam(name = "onlyCertainMatches") BooleanType onlyCertain,
            @OperationParam(name = "count") IntegerType count,
            RequestDetails request) {
        if (patient == null) {
            throw new CodedException(Issue.of(FhirError.INVALID_REQUEST, "resource", "expected a Patient"));
        }
        int most = count == null || count.getValue() == null ? MATCHES : count.getValue();
        if (most < 1) {
            throw new CodedException(Issue.of(FhirError.INVALID_VALUE, "count", "expected 1 or more"));
        }
        boolean certain = onlyCertain != null && Boolean.TRUE.equals(onlyCertain.getValue());
        List<PatientMatch> matches = persons.match(json(patient), Math.min(most, MOST_MATCHES)).stream()
                .filter(each -> !certain || each.verdict().grade() == MatchGrade.CERTAIN)
                .toList();
        Map<String, StoredResource> found = new HashMap<>();
        matches.forEach(each ->
                canonical().find("Patient", each.patientId()).ifPresent(stored -> found.put(each.patientId(), stored)));
        return bundles().matches(matches, found, request.getFhirServerBase());
    }

    private static ObjectNode json(Patient patient) {
        try {
            return (ObjectNode) JSON.readTree(FhirR4.context().newJsonParser().encodeResourceToString(patient));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HAPI writes JSON");
        }
    }
}

package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Serves patients, and everything about one. */
public final class PatientProvider extends ResourceProvider {
    public PatientProvider(CanonicalSearch search, SearchReader reader, SearchBundles bundles) {
        super("Patient", search, reader, bundles);
    }

    /** Answers the patient with what refers to the patient, page by page. */
    @Operation(
            name = "$everything",
            idempotent = true,
            bundleType = ca.uhn.fhir.model.valueset.BundleTypeEnum.SEARCHSET)
    public Bundle everything(@IdParam IdType id, RequestDetails request) {
        SearchReader.Reading reading = reader().everything(request);
        StoredResource patient = canonical()
                .find("Patient", id.getIdPart())
                .orElseThrow(() -> new CodedException(Issue.of(FhirError.NOT_FOUND, "Patient", "")));
        if (patient.state() == StoredResource.State.DELETED) {
            throw new CodedException(Issue.of(FhirError.DELETED, "Patient", ""));
        }
        return bundles()
                .searchset(
                        canonical().everything(id.getIdPart(), reading.query().page()), reading, request);
    }
}

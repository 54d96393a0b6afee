package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.annotation.History;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IResourceProvider;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.canonical.ResourceVersion;
import org.tongmai.standards.canonical.StoredResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Serves one resource type; there is one of these for each type of the table. */
public class ResourceProvider implements IResourceProvider {
    private final String type;
    private final Class<? extends IBaseResource> model;
    private final CanonicalSearch search;
    private final SearchReader reader;
    private final SearchBundles bundles;

    public ResourceProvider(String type, CanonicalSearch search, SearchReader reader, SearchBundles bundles) {
        this.type = type;
        this.model = FhirR4.context().getResourceDefinition(type).getImplementingClass();
        this.search = search;
        this.reader = reader;
        this.bundles = bundles;
    }

    @Override
    public Class<? extends IBaseResource> getResourceType() {
        return model;
    }

    /** Reads the current version, or the one that is named. */
    @Read(version = true)
    public IBaseResource read(@IdParam IdType id) {
        StoredResource found = (id.hasVersionIdPart()
                        ? search.findVersion(
                                new ResourceVersion(type, id.getIdPart(), Integer.parseInt(id.getVersionIdPart())))
                        : find(id.getIdPart()))
                .orElseThrow(() -> new CodedException(Issue.of(FhirError.NOT_FOUND, type, "")));
        if (found.state() == StoredResource.State.DELETED) {
            throw new CodedException(Issue.of(FhirError.DELETED, type, ""));
        }
        return bundles.resource(found);
    }

    /** Lists the versions of one resource, newest first. */
    @History
    public Bundle history(@IdParam IdType id, RequestDetails request) {
        SearchReader.History page = reader.history(request);
        List<StoredResource> versions = search.history(type, id.getIdPart(), page.before(), page.count() + 1);
        if (versions.isEmpty()
                && page.isFirst()
                && search.find(type, id.getIdPart()).isEmpty()) {
            throw new CodedException(Issue.of(FhirError.NOT_FOUND, type, ""));
        }
        return bundles.history(versions, page, request);
    }

    /** Searches by the parameters of the table. */
    @Search(allowUnknownParams = true)
    public Bundle search(RequestDetails request) {
        SearchReader.Reading reading = reader.search(type, request);
        return bundles.searchset(search.search(reading.query()), reading, request);
    }

    /** The current version. */
    Optional<StoredResource> find(String id) {
        return search.find(type, id);
    }

    SearchReader reader() {
        return reader;
    }

    SearchBundles bundles() {
        return bundles;
    }

    CanonicalSearch canonical() {
        return search;
    }
}

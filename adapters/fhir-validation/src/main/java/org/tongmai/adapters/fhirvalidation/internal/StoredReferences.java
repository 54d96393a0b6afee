package org.tongmai.adapters.fhirvalidation.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.model.CanonicalResource;
import org.hl7.fhir.r5.model.CanonicalType;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.IValidatorResourceFetcher;
import org.tongmai.standards.canonical.CanonicalSearch;
import org.tongmai.standards.canonical.StoredResource;

/** Finds what a resource refers to in the canonical store. Nothing is ever fetched over a network. */
final class StoredReferences implements IValidatorResourceFetcher {
    private static final Pattern RELATIVE = Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9\\-.]{1,64})");

    private final IWorkerContext context;
    private final CanonicalSearch search;

    StoredReferences(IWorkerContext context, CanonicalSearch search) {
        this.context = context;
        this.search = search;
    }

    @Override
    public Element fetch(IResourceValidator validator, Object appContext, String url) throws IOException {
        Matcher reference = RELATIVE.matcher(url);
        if (search == null || !reference.matches()) {
            return null;
        }
        Optional<StoredResource> found = search.find(reference.group(1), reference.group(2))
                .filter(resource -> resource.state() != StoredResource.State.DELETED);
        if (found.isEmpty()) {
            return null;
        }
        byte[] json = found.get().resource().content().toString().getBytes(StandardCharsets.UTF_8);
        return Manager.parseSingle(context, new ByteArrayInputStream(json), Manager.FhirFormat.JSON);
    }

    /** Whether an address leads somewhere is not asked: it would need a network. */
    @Override
    public boolean resolveURL(
            IResourceValidator validator,
            Object appContext,
            String path,
            String url,
            String type,
            boolean canonical,
            List<CanonicalType> targets) {
        return true;
    }

    @Override
    public byte[] fetchRaw(IResourceValidator validator, String url) {
        return null;
    }

    @Override
    public IValidatorResourceFetcher setLocale(Locale locale) {
        return this;
    }

    @Override
    public CanonicalResource fetchCanonicalResource(IResourceValidator validator, Object appContext, String url) {
        return null;
    }

    @Override
    public boolean fetchesCanonicalResource(IResourceValidator validator, String url) {
        return false;
    }

    @Override
    public Set<String> fetchCanonicalResourceVersions(IResourceValidator validator, Object appContext, String url) {
        return Set.of();
    }
}

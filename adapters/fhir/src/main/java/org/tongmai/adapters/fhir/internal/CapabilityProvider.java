package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations;
import org.tongmai.adapters.fhir.internal.terminology.TerminologyEndpoint;
import org.tongmai.standards.canonical.SearchKind;
import org.tongmai.standards.canonical.SearchParameter;
import org.tongmai.standards.canonical.SearchParameters;
import org.tongmai.standards.validation.ResourceValidator;

/** Declares what the endpoint does, from the table that it does it by. */
public final class CapabilityProvider implements IServerConformanceProvider<CapabilityStatement> {
    private final SearchParameters parameters;
    private final ResourceValidator validator;
    private final Supplier<Set<String>> writable;
    private final Date started = new Date();

    /** @param writable the types that can be written at this moment */
    public CapabilityProvider(
            SearchParameters parameters, ResourceValidator validator, Supplier<Set<String>> writable) {
        this.writable = writable;
        this.parameters = parameters;
        this.validator = validator;
    }

    @Override
    @Metadata(cacheMillis = 0)
    public CapabilityStatement getServerConformance(HttpServletRequest request, RequestDetails details) {
        CapabilityStatement statement = new CapabilityStatement();
        statement.setId("tongmai");
        statement.setName("Tongmai").setTitle("Tongmai 通脉: canonical data");
        statement.setStatus(Enumerations.PublicationStatus.ACTIVE).setDate(started);
        statement.setKind(CapabilityStatement.CapabilityStatementKind.INSTANCE);
        statement.getSoftware().setName("Tongmai");
        statement
                .getImplementation()
                .setDescription("FHIR R4 on the canonical store")
                .setUrl(details.getFhirServerBase());
        statement.setFhirVersion(Enumerations.FHIRVersion._4_0_1);
        statement.addFormat("application/fhir+json").addFormat("application/fhir+xml");
        CapabilityStatementRestComponent rest =
                statement.addRest().setMode(CapabilityStatement.RestfulCapabilityMode.SERVER);
        describeTypes(rest);
        TerminologyEndpoint.OPERATIONS.forEach((type, operations) -> {
            CapabilityStatementRestResourceComponent resource =
                    rest.addResource().setType(type);
            resource.addInteraction().setCode(TypeRestfulInteraction.READ);
            resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
            operations.forEach(name -> resource.addOperation()
                    .setName(name)
                    .setDefinition("http://hl7.org/fhir/OperationDefinition/" + type + "-" + name));
        });
        return statement;
    }

    @Override
    public void setRestfulServer(RestfulServer server) {
        // What is declared comes from the table, not from the server's bindings.
    }

    private void describeTypes(CapabilityStatementRestComponent rest) {
        Set<String> written = writable.get();
        for (String type : parameters.types()) {
            CapabilityStatementRestResourceComponent resource =
                    rest.addResource().setType(type);
            describe(resource, type);
            if (written.contains(type)) {
                describeWriting(resource);
            }
        }
        if (!written.isEmpty()) {
            rest.addInteraction().setCode(CapabilityStatement.SystemRestfulInteraction.TRANSACTION);
            rest.addInteraction().setCode(CapabilityStatement.SystemRestfulInteraction.BATCH);
            rest.addOperation()
                    .setName("process-message")
                    .setDefinition("http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message");
        }
    }

    private void describe(CapabilityStatementRestResourceComponent resource, String type) {
        resource.addInteraction().setCode(TypeRestfulInteraction.READ);
        resource.addInteraction().setCode(TypeRestfulInteraction.VREAD);
        resource.addInteraction().setCode(TypeRestfulInteraction.HISTORYINSTANCE);
        resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        resource.setVersioning(CapabilityStatement.ResourceVersionPolicy.VERSIONED)
                .setReadHistory(true);
        validator.profile(type).ifPresent(resource::setProfile);
        resource.addOperation()
                .setName("validate")
                .setDefinition("http://hl7.org/fhir/OperationDefinition/Resource-validate");
        add(resource, "_id", Enumerations.SearchParamType.TOKEN);
        add(resource, "_lastUpdated", Enumerations.SearchParamType.DATE);
        for (SearchParameter row : parameters.of(type)) {
            add(resource, row.name(), typeOf(row.kind()));
            if (row.kind() == SearchKind.REFERENCE) {
                resource.addSearchInclude(type + ":" + row.name());
            }
        }
        if (type.equals("Patient")) {
            resource.addOperation()
                    .setName("everything")
                    .setDefinition("http://hl7.org/fhir/OperationDefinition/Patient-everything");
            resource.addOperation()
                    .setName("match")
                    .setDefinition("http://hl7.org/fhir/OperationDefinition/Patient-match");
        }
    }

    /** Ids come from identifiers (docs/decisions/0009), so none is created by a PUT to one that a client has chosen. */
    private static void describeWriting(CapabilityStatementRestResourceComponent resource) {
        resource.addInteraction().setCode(TypeRestfulInteraction.CREATE);
        resource.addInteraction().setCode(TypeRestfulInteraction.UPDATE);
        resource.addInteraction().setCode(TypeRestfulInteraction.PATCH);
        resource.setVersioning(CapabilityStatement.ResourceVersionPolicy.VERSIONEDUPDATE)
                .setConditionalCreate(true)
                .setConditionalUpdate(true)
                .setUpdateCreate(false)
                .setConditionalDelete(CapabilityStatement.ConditionalDeleteStatus.NOTSUPPORTED)
                .addReferencePolicy(CapabilityStatement.ReferenceHandlingPolicy.ENFORCED);
    }

    private static void add(
            CapabilityStatementRestResourceComponent resource, String name, Enumerations.SearchParamType type) {
        resource.addSearchParam().setName(name).setType(type);
    }

    private static Enumerations.SearchParamType typeOf(SearchKind kind) {
        return switch (kind) {
            case TOKEN -> Enumerations.SearchParamType.TOKEN;
            case STRING -> Enumerations.SearchParamType.STRING;
            case REFERENCE -> Enumerations.SearchParamType.REFERENCE;
            case DATE, PERIOD -> Enumerations.SearchParamType.DATE;
        };
    }
}

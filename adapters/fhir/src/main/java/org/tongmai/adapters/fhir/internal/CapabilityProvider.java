package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.IServerConformanceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Date;
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
    private final Date started = new Date();

    public CapabilityProvider(SearchParameters parameters, ResourceValidator validator) {
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
        parameters.types().forEach(type -> describe(rest.addResource().setType(type), type));
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

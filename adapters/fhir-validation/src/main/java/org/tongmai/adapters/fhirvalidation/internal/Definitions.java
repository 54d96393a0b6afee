package org.tongmai.adapters.fhirvalidation.internal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.tongmai.standards.canonical.FhirR4;
import org.tongmai.standards.profile.CanonicalProfiles;
import org.tongmai.standards.terminology.Terminology;

/** Joins FHIR's own definitions, the canonical profiles and the code tables into what the validator asks. */
final class Definitions {
    private Definitions() {}

    static IValidationSupport of(Terminology terminology, CanonicalProfiles profiles) {
        FhirContext context = FhirR4.context();
        PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
        profiles.definitions().forEach(ours::addStructureDefinition);
        DefaultProfileValidationSupport fhir = new DefaultProfileValidationSupport(context);
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
        unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        return new ValidationSupportChain(
                ours,
                new CodeAdditions(fhir),
                fhir,
                new CodeTables(context, terminology),
                new SnapshotGeneratingValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                unknown);
    }
}

package org.tongmai.adapters.fhirvalidation.internal;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hl7.fhir.r5.elementmodel.Element;
import org.hl7.fhir.r5.model.ElementDefinition;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.IMessagingServices;
import org.hl7.fhir.r5.utils.validation.IResourceValidator;
import org.hl7.fhir.r5.utils.validation.constants.ContainedReferenceValidationPolicy;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;
import org.tongmai.adapters.fhirvalidation.ValidationRule;

/** Answers what the validator does with references, contained resources and vital signs. */
final class Policy extends BasePolicyAdvisorForFullValidation {
    private final Set<ValidationRule> rules;

    Policy(Set<ValidationRule> rules) {
        super(
                rules.contains(ValidationRule.CHECK_REFERENCES)
                        ? ReferenceValidationPolicy.CHECK_EXISTS_AND_TYPE
                        : ReferenceValidationPolicy.IGNORE);
        this.rules = rules;
    }

    @Override
    public ContainedReferenceValidationPolicy policyForContained(
            IResourceValidator validator,
            Object appContext,
            StructureDefinition structure,
            ElementDefinition element,
            String containerType,
            String containerId,
            Element.SpecialElement containing,
            String path,
            String url) {
        if (Thread.currentThread().isInterrupted()) {
            // The validator itself never looks; with many contained resources it would go on for minutes.
            throw new CancellationException();
        }
        return rules.contains(ValidationRule.SKIP_CONTAINED)
                ? ContainedReferenceValidationPolicy.IGNORE
                : ContainedReferenceValidationPolicy.CHECK_VALID;
    }

    @Override
    public List<StructureDefinition> getImpliedProfilesForResource(
            IResourceValidator validator,
            Object appContext,
            String stackPath,
            ElementDefinition definition,
            StructureDefinition structure,
            Element resource,
            boolean valid,
            IMessagingServices services,
            List<ValidationMessage> messages) {
        return rules.contains(ValidationRule.IMPLY_VITAL_SIGNS)
                ? super.getImpliedProfilesForResource(
                        validator, appContext, stackPath, definition, structure, resource, valid, services, messages)
                : List.of();
    }
}

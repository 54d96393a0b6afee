package org.tongmai.adapters.fhirvalidation.internal;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.context.IWorkerContext;
import org.hl7.fhir.r5.elementmodel.Manager;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.ValidatorSession;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.IdStatus;
import org.hl7.fhir.r5.utils.xver.XVerExtensionManagerOld;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.validation.ValidatorSettings;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.service.model.HtmlInMarkdownCheck;
import org.tongmai.adapters.fhirvalidation.ValidationError;
import org.tongmai.adapters.fhirvalidation.ValidationRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.validation.ValidationRequest;

/**
 * One of HL7's validators, for one thread at a time. It is kept, because making one costs five times as much as judging
 * a resource: each reads its table of OIDs anew. HAPI's own module makes one for every resource.
 */
final class Lane {
    /**
     * After so many resources another takes its place: HL7's validator keeps every coding it saw, with the resource around
     * it ({@code CodingsObserver.list}, never emptied), tens of KB for each.
     */
    static final int LIFE = 100;

    private final IWorkerContext context;
    private final InstanceValidator validator;
    private int judged;

    Lane(IWorkerContext context, Set<ValidationRule> rules, StoredReferences references) {
        this.context = context;
        this.validator = new InstanceValidator(
                context,
                new FhirInstanceValidator.NullEvaluationContext(),
                new XVerExtensionManagerOld(context),
                new ValidatorSession(),
                new ValidatorSettings());
        validator.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        validator.setAnyExtensionsAllowed(!rules.contains(ValidationRule.REFUSE_UNKNOWN_EXTENSIONS));
        validator.setResourceIdRule(IdStatus.OPTIONAL);
        validator.setNoExtensibleWarnings(true);
        validator.setUnknownCodeSystemsCauseErrors(true);
        validator.setAllowXsiLocation(true);
        validator.setAllowExamples(!rules.contains(ValidationRule.REFUSE_EXAMPLE_URLS));
        validator.setAllowComments(rules.contains(ValidationRule.ALLOW_COMMENTS));
        validator.setHtmlInMarkdownCheck(
                rules.contains(ValidationRule.REFUSE_HTML_IN_MARKDOWN)
                        ? HtmlInMarkdownCheck.ERROR
                        : HtmlInMarkdownCheck.WARNING);
        validator.setPolicyAdvisor(new Policy(rules));
        validator.setFetcher(references);
    }

    List<ValidationMessage> validate(ValidationRequest request) {
        List<StructureDefinition> profiles = new ArrayList<>();
        for (String url : request.profiles()) {
            StructureDefinition profile = context.fetchResource(StructureDefinition.class, url);
            if (profile == null) {
                throw new CodedException(Issue.of(ValidationError.UNKNOWN_PROFILE, "", "metadata lists the profiles"));
            }
            profiles.add(profile);
        }
        judged++;
        List<ValidationMessage> messages = new ArrayList<>();
        Manager.FhirFormat format =
                request.format() == ValidationRequest.Format.JSON ? Manager.FhirFormat.JSON : Manager.FhirFormat.XML;
        validator.validate(null, messages, new ByteArrayInputStream(request.content()), format, profiles);
        return messages;
    }

    /** Whether another is to take its place. */
    boolean worn() {
        return judged >= LIFE;
    }
}

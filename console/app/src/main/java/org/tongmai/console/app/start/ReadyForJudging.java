package org.tongmai.console.app.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.tongmai.adapters.fhir.FhirSettings.Judging;
import org.tongmai.adapters.fhirvalidation.HapiResourceValidator;
import org.tongmai.adapters.fhirvalidation.ValidationError;
import org.tongmai.standards.error.FailureFacts;

/**
 * Loads what resources are judged by as soon as the platform is ready, beside its work: the start does not wait for it,
 * nor does who writes first.
 */
final class ReadyForJudging implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyForJudging.class);

    private final HapiResourceValidator validator;
    private final Judging judging;

    ReadyForJudging(HapiResourceValidator validator, Judging judging) {
        this.validator = validator;
        this.judging = judging;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (judging == Judging.PROFILES) {
            validator.prepare().exceptionally(failure -> {
                // The first resource tries once more, and who sent it is told.
                LOG.error("{}: {}", ValidationError.FAILED.code(), FailureFacts.place(failure));
                return null;
            });
        }
    }
}

package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;

/**
 * Turns every failure into an OperationOutcome with a code of ours. Texts of other people's exceptions go nowhere: they
 * like to quote what was asked for.
 */
@Interceptor
public final class RefusalInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalInterceptor.class);

    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException refuse(Throwable failure) {
        List<Issue> issues = issuesOf(failure);
        int status = issues.get(0).code().wire().httpStatus();
        UnclassifiedServerFailureException refusal =
                new UnclassifiedServerFailureException(status, issues.get(0).text(), Outcomes.of(issues));
        if (status == 503) {
            refusal.addResponseHeader("Retry-After", "5");
        }
        return refusal;
    }

    /** What is told of a failure; one that nobody foresaw is logged by its place. */
    public static List<Issue> issuesOf(Throwable failure) {
        // HAPI wraps what a provider throws, twice.
        for (Throwable each = failure; each != null && each.getCause() != each; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return coded.issues();
            }
        }
        if (failure instanceof BaseServerResponseException refused && refused.getStatusCode() < 500) {
            FhirError code = refused.getStatusCode() == 404 ? FhirError.NOT_FOUND : FhirError.INVALID_REQUEST;
            return List.of(Issue.of(code, "", ""));
        }
        LOG.error("{}: {}", FhirError.INTERNAL.code(), FailureFacts.place(failure));
        return List.of(Issue.of(FhirError.INTERNAL, "", ""));
    }
}

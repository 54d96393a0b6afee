package org.tongmai.adapters.fhir.internal;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.StringType;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.validation.ValidationReport;

/** Makes OperationOutcomes of issues. */
public final class Outcomes {
    /** The system of our error codes in {@code details.coding}. */
    static final String SYSTEM = "https://tongmai.org/errors";

    /** FHIR's extension for the rule behind an issue. */
    private static final String MESSAGE_ID = "http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id";

    private Outcomes() {}

    /** Answers a refusal that happened before HAPI was asked. */
    public static void write(
            FhirContext context, CodedException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (refusal.code().wire().httpStatus() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH");
        }
        if (refusal.code().wire().httpStatus() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "5");
        }
        if (request.getContentLengthLong() != 0 && !request.getMethod().equals("GET")) {
            // The body was not read and will not be.
            response.setHeader("Connection", "close");
        }
        response.setStatus(refusal.code().wire().httpStatus());
        write(context, of(refusal.issues()), request, response);
    }

    /** Writes an outcome in the form the client asks for. */
    static void write(
            FhirContext context, OperationOutcome outcome, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean xml = MediaTypes.wantsXml(request);
        response.setContentType((xml ? "application/fhir+xml" : "application/fhir+json") + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        IParser parser = xml ? context.newXmlParser() : context.newJsonParser();
        byte[] body = parser.encodeResourceToString(outcome).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }

    /** One issue for each, with its code and element. */
    public static OperationOutcome of(List<Issue> issues) {
        OperationOutcome outcome = new OperationOutcome();
        for (Issue issue : issues) {
            OperationOutcome.OperationOutcomeIssueComponent component = outcome.addIssue();
            component.setSeverity(severity(issue.severity()));
            component.setCode(
                    OperationOutcome.IssueType.fromCode(issue.code().wire().fhirIssue()));
            CodeableConcept details = new CodeableConcept();
            details.addCoding()
                    .setSystem(SYSTEM)
                    .setCode(issue.code().code())
                    .setDisplay(issue.code().summary());
            component.setDetails(details);
            component.setDiagnostics(issue.text());
            if (!issue.location().isEmpty()) {
                component.addExpression(issue.location());
            }
        }
        return outcome;
    }

    /** What a judgement found; one information where it found nothing. */
    static OperationOutcome of(ValidationReport report) {
        OperationOutcome outcome = new OperationOutcome();
        for (ValidationReport.Finding finding : report.findings()) {
            OperationOutcome.OperationOutcomeIssueComponent component = outcome.addIssue();
            component.setSeverity(severity(finding.severity()));
            component.setCode(OperationOutcome.IssueType.fromCode(finding.type()));
            component.getDetails().setText(finding.text());
            if (finding.rule().startsWith("TM-")) {
                component.getDetails().addCoding().setSystem(SYSTEM).setCode(finding.rule());
            } else if (!finding.rule().isEmpty()) {
                component.addExtension(MESSAGE_ID, new StringType(finding.rule()));
            }
            if (!finding.location().isEmpty()) {
                component.addExpression(finding.location());
            }
        }
        if (report.findings().isEmpty()) {
            outcome.addIssue()
                    .setSeverity(OperationOutcome.IssueSeverity.INFORMATION)
                    .setCode(OperationOutcome.IssueType.INFORMATIONAL)
                    .getDetails()
                    .setText("No issues found");
        }
        return outcome;
    }

    private static OperationOutcome.IssueSeverity severity(Severity severity) {
        return switch (severity) {
            case INFORMATION -> OperationOutcome.IssueSeverity.INFORMATION;
            case WARNING -> OperationOutcome.IssueSeverity.WARNING;
            case ERROR -> OperationOutcome.IssueSeverity.ERROR;
            case FATAL -> OperationOutcome.IssueSeverity.FATAL;
        };
    }
}

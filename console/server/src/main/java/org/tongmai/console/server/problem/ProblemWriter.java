package org.tongmai.console.server.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ProblemJson;

/**
 * Writes a refusal where no controller is at work: {@code application/problem+json}, or an OperationOutcome under
 * {@code /fhir}.
 */
public final class ProblemWriter {
    private static final String FHIR = "/fhir";

    private ProblemWriter() {}

    public static void write(HttpServletRequest request, HttpServletResponse response, ErrorCode code)
            throws IOException {
        response.setStatus(code.wire().httpStatus());
        writeBody(request, response, code);
    }

    /** Leaves the status as it was set. */
    static void writeBody(HttpServletRequest request, HttpServletResponse response, ErrorCode code) throws IOException {
        boolean fhir = isFhir(request);
        byte[] body = fhir ? outcome(code) : ProblemJson.of(code, response.getStatus());
        response.setContentType(fhir ? "application/fhir+json" : ProblemJson.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body);
    }

    /** By the address as it was sent: what the container refuses has not been taken apart. */
    private static boolean isFhir(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = failed == null ? request.getRequestURI() : failed.toString();
        return address != null && address.startsWith(FHIR) && !address.matches("/fhir[A-Za-z0-9_.-].*");
    }

    private static byte[] outcome(ErrorCode code) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        ObjectNode issue = outcome.putArray("issue")
                .addObject()
                .put("severity", "error")
                .put("code", code.wire().fhirIssue());
        ObjectNode details = issue.putObject("details");
        details.putArray("coding")
                .addObject()
                .put("system", "https://tongmai.org/errors")
                .put("code", code.code())
                .put("display", code.summary());
        details.put("text", code.code() + " " + code.summary());
        return outcome.toString().getBytes(StandardCharsets.UTF_8);
    }
}

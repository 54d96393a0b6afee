package org.tongmai.console.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tongmai.standards.error.ErrorCode;

/**
 * Writes a refusal where no controller is at work: {@code application/problem+json}, or an OperationOutcome under
 * {@code /fhir}. Codes and summaries are constants without quotes, so that no JSON library is needed.
 */
public final class ProblemWriter {
    private ProblemWriter() {}

    public static void write(HttpServletRequest request, HttpServletResponse response, ErrorCode code)
            throws IOException {
        boolean fhir = request.getServletPath().startsWith("/fhir");
        String body = fhir ? outcome(code) : problem(code);
        response.setStatus(code.wire().httpStatus());
        response.setContentType(fhir ? "application/fhir+json" : "application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(ErrorCode code) {
        return "{\"type\":\"about:blank\",\"title\":\"" + code.summary() + "\",\"status\":"
                + code.wire().httpStatus() + ",\"code\":\"" + code.code() + "\"}";
    }

    private static String outcome(ErrorCode code) {
        return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                + code.wire().fhirIssue() + "\",\"details\":{\"text\":\"" + code.code() + " " + code.summary()
                + "\"}}]}";
    }
}

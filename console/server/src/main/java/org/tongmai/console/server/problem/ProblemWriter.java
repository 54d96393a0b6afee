package org.tongmai.console.server.problem;

import jakarta.servlet.RequestDispatcher;
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
        String body = fhir ? outcome(code) : problem(code, response.getStatus());
        response.setContentType(fhir ? "application/fhir+json" : "application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    /** By the address as it was sent: what the container refuses has not been taken apart. */
    private static boolean isFhir(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = failed == null ? request.getRequestURI() : failed.toString();
        return address != null && address.startsWith(FHIR) && !address.matches("/fhir[A-Za-z0-9_.-].*");
    }

    private static String problem(ErrorCode code, int status) {
        return "{\"type\":\"about:blank\",\"title\":\"" + code.summary() + "\",\"status\":" + status + ",\"code\":\""
                + code.code() + "\"}";
    }

    private static String outcome(ErrorCode code) {
        return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                + code.wire().fhirIssue()
                + "\",\"details\":{\"coding\":[{\"system\":\"https://tongmai.org/errors\",\"code\":\"" + code.code()
                + "\",\"display\":\"" + code.summary() + "\"}],\"text\":\"" + code.code() + " " + code.summary()
                + "\"}}]}";
    }
}

package org.tongmai.console.server.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what a filter or a foreign servlet gave up on, instead of Boot's error page: with a code. */
@RestController
final class LastProblem implements ErrorController {
    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request);
        response.setStatus(status);
        ProblemWriter.writeBody(request, response, Problems.codeOf(status));
    }

    private static int status(HttpServletRequest request) {
        // Tomcat notes what ended the reading of a body, and calls it a failure of the servlet that read.
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof SocketTimeoutException) {
            return HttpServletResponse.SC_REQUEST_TIMEOUT;
        }
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return given instanceof Integer number && number >= 400 ? number : HttpServletResponse.SC_NOT_FOUND;
    }
}

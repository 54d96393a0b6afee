package org.tongmai.console.server.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what a filter or a foreign servlet gave up on, instead of Boot's error page: with a code. */
@RestController
final class LastProblem implements ErrorController {
    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = given instanceof Integer number && number >= 400 ? number : HttpServletResponse.SC_NOT_FOUND;
        response.setStatus(status);
        ProblemWriter.writeBody(request, response, Problems.codeOf(status));
    }
}

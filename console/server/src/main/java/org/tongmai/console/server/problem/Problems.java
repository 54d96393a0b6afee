package org.tongmai.console.server.problem;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** Answers every exception of a controller with a coded problem. Names parameters, never their values. */
@RestControllerAdvice
public class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int FRAMES = 12;

    @ExceptionHandler
    ResponseEntity<ProblemDetail> coded(CodedException failure) {
        ResponseEntity<ProblemDetail> answer = problem(failure.code());
        List<String> issues = failure.issues().stream().map(Issue::text).toList();
        answer.getBody().setProperty("issues", issues);
        answer.getBody()
                .setProperty("errors", failure.issues().stream().map(Found::of).toList());
        return answer;
    }

    /** One issue in its parts, for pages that show each at its place. */
    record Found(String code, String location, String detail) {
        static Found of(Issue issue) {
            return new Found(issue.code().code(), issue.location(), issue.detail());
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badParameter(MethodArgumentTypeMismatchException failure) {
        return withParameter(failure.getName());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missingParameter(MissingServletRequestParameterException failure) {
        return withParameter(failure.getParameterName());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> badBody(HttpMessageNotReadableException failure) {
        return problem(ConsoleError.BAD_BODY);
    }

    /** A parameter that the firewall does not let through, found when it was asked for. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> rejected(RequestRejectedException failure) {
        return problem(ConsoleError.BAD_REQUEST);
    }

    @ExceptionHandler
    void gone(AsyncRequestNotUsableException failure) {
        LOG.debug("The client went away before the answer was written.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> anything(Exception failure) throws Exception {
        if (failure instanceof AccessDeniedException) {
            throw failure; // Spring Security's business
        }
        if (failure instanceof ErrorResponse response) {
            int status = response.getStatusCode().value();
            ResponseEntity<ProblemDetail> answer = problem(codeOf(status));
            answer.getBody().setStatus(status);
            return ResponseEntity.status(status)
                    .headers(response.getHeaders())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(answer.getBody());
        }
        logWithoutWords(failure);
        return problem(ConsoleError.FAILED);
    }

    /** The code that says best what an HTTP status of somebody else's means. */
    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 401 -> ConsoleError.NOT_AUTHENTICATED;
            case 403 -> ConsoleError.NOT_ALLOWED;
            case 400 -> ConsoleError.BAD_PARAMETER;
            case 404 -> ConsoleError.NO_SUCH_RESOURCE;
            case 408 -> ConsoleError.BODY_TOO_SLOW;
            case 405, 406, 415 -> ConsoleError.BAD_METHOD;
            default -> ConsoleError.FAILED;
        };
    }

    /** The words of a foreign exception may quote a message; its classes and places can not. */
    private static void logWithoutWords(Throwable failure) {
        StringBuilder chain = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            chain.append(chain.isEmpty() ? "" : " <- ").append(t.getClass().getName());
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                chain.append("\n    at ").append(frames[i]);
            }
        }
        LOG.error("{} {}: {}", ConsoleError.FAILED.code(), ConsoleError.FAILED.summary(), chain);
    }

    private static ResponseEntity<ProblemDetail> withParameter(String name) {
        ResponseEntity<ProblemDetail> answer = problem(ConsoleError.BAD_PARAMETER);
        answer.getBody().setProperty("parameter", name);
        return answer;
    }

    private static ResponseEntity<ProblemDetail> problem(ErrorCode code) {
        ProblemDetail problem = ProblemDetail.forStatus(code.wire().httpStatus());
        problem.setTitle(code.summary());
        problem.setProperty("code", code.code());
        // Spring would fill in the request's path here, and a path may hold an identifier.
        problem.setInstance(java.net.URI.create(""));
        return ResponseEntity.status(code.wire().httpStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}

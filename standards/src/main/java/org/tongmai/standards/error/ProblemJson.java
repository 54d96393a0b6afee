package org.tongmai.standards.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * A refusal as HTTP says it (RFC 9457): {@code type}, {@code title}, {@code status}, and {@code code}, which is ours. In UTF-8.
 */
public final class ProblemJson {
    /** Media type of what is written here. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    /** @param status of the answer, which may be another than the code's own */
    public static byte[] of(ErrorCode code, int status) {
        return bytes(problem(code, status));
    }

    /**
     * With {@code location} and {@code detail} where the issue has them.
     *
     * @param trace names the call in logs and the audit, as {@code trace}
     */
    public static byte[] of(Issue issue, String trace) {
        ObjectNode problem = problem(issue.code(), issue.code().wire().httpStatus());
        if (!issue.location().isEmpty()) {
            problem.put("location", issue.location());
        }
        if (!issue.detail().isEmpty()) {
            problem.put("detail", issue.detail());
        }
        return bytes(problem.put("trace", trace));
    }

    private static ObjectNode problem(ErrorCode code, int status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", code.summary())
                .put("status", status)
                .put("code", code.code());
    }

    private static byte[] bytes(ObjectNode problem) {
        return problem.toString().getBytes(StandardCharsets.UTF_8);
    }
}

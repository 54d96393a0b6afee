package org.tongmai.console.server.convert;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads a request's body up to a bound and no further. */
public final class BoundedBody {
    /** 10 MiB. */
    public static final int LARGEST = 10 << 20;

    private BoundedBody() {}

    /**
     * Reads the body.
     *
     * @throws CodedException {@link ConsoleError#BODY_TOO_LARGE} when it is larger than {@link #LARGEST}
     */
    public static byte[] of(HttpServletRequest request) throws IOException {
        // Also when more is announced: a client whose body is not read does not read the answer.
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new CodedException(
                    Issue.of(ConsoleError.BODY_TOO_LARGE, "body", "expected at most " + LARGEST + " bytes"));
        }
        return body;
    }
}

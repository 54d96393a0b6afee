package org.tongmai.console.server.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.console.server.ConsoleError;

/** Answers what Tomcat refuses before anything of ours sees it (a NUL in the address, a header too long), with a code. */
final class ContainerRefusals extends ErrorReportValve {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerRefusals.class);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        ConsoleError code =
                switch (status) {
                    case 408 -> ConsoleError.BODY_TOO_SLOW;
                    default -> status >= 500 ? ConsoleError.FAILED : ConsoleError.BAD_REQUEST;
                };
        try {
            ProblemWriter.writeBody(request.getRequest(), response.getResponse(), code);
            response.finishResponse();
        } catch (IOException gone) {
            LOG.debug("The client went away before the refusal was written.", gone);
        }
    }
}

package org.tongmai.console.server.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * What is sent to the API is a body, also where a client calls it a form, as {@code curl --data-binary} does when it is
 * not told better. Otherwise the first to ask for a parameter would take an HL7 message for names and values.
 */
final class BodiesAsSent extends ValveBase {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BYTES = "application/octet-stream";

    BodiesAsSent() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String type = request.getContentType();
        if (type != null
                && type.toLowerCase(Locale.ROOT).startsWith(FORM)
                && request.getDecodedRequestURI().startsWith("/api/")) {
            request.getCoyoteRequest().setContentType(BYTES);
            request.getCoyoteRequest().getMimeHeaders().setValue("content-type").setString(BYTES);
        }
        getNext().invoke(request, response);
    }
}

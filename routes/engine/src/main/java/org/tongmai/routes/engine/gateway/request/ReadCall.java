package org.tongmai.routes.engine.gateway.request;

import java.util.List;
import org.tongmai.standards.exchange.HttpCall;

/** A call with what is read of it: each once, when somebody asks for it first. Used by one thread at a time. */
public final class ReadCall {
    private final HttpCall call;
    private CallParameters parameters;
    private List<MultipartContent.Part> parts;

    public ReadCall(HttpCall call) {
        this.call = call;
    }

    public HttpCall call() {
        return call;
    }

    /** @throws org.tongmai.routes.engine.gateway.Refused as {@link CallParameters#of} */
    public CallParameters parameters() {
        if (parameters == null) {
            parameters = CallParameters.of(call);
        }
        return parameters;
    }

    /** The value of its Content-Type; empty where there is none. */
    public String contentType() {
        return call.fields().first("content-type").orElse("");
    }

    /**
     * The parts of a multipart content.
     *
     * @param most parts that are read
     */
    public List<MultipartContent.Part> parts(int most) throws MultipartContent.Broken, MultipartContent.TooMany {
        if (parts == null) {
            parts = MultipartContent.parts(call.body(), MultipartContent.boundary(contentType()), most);
        }
        if (parts.size() > most) {
            throw new MultipartContent.TooMany();
        }
        return parts;
    }
}

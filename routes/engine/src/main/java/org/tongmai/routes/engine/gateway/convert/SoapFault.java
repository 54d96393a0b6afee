package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.ProblemJson;

/**
 * A fault of SOAP 1.1 (4.4) or 1.2 (part 1, 5.4) as a refusal: who is at fault by its code, and what the service says of it.
 *
 * @param error whose fault it is
 * @param said its code, reason and detail
 */
record SoapFault(GatewayError error, ObjectNode said) {
    static final String MEDIA_TYPE = ProblemJson.MEDIA_TYPE;

    /**
     * @param fault what the element holds
     * @param namespace of the envelope
     */
    static SoapFault of(ObjectNode fault, String namespace) {
        boolean newer = Envelope.SOAP_1_2.namespace().equals(namespace);
        JsonNode code = newer ? fault.path("Code").path("Value") : fault.path("faultcode");
        JsonNode reason = newer ? fault.path("Reason").path("Text") : fault.path("faultstring");
        String kind = local(text(code));
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("code", kind);
        put(said, "subcode", fault.path("Code").path("Subcode").path("Value"));
        put(said, "reason", reason);
        JsonNode detail = fault.path(newer ? "Detail" : "detail");
        if (!detail.isMissingNode()) {
            said.set("detail", detail);
        }
        // SOAP 1.1 lets codes be refined behind a dot.
        boolean caller = kind.equals("Sender") || kind.equals("Client") || kind.startsWith("Client.");
        return new SoapFault(caller ? GatewayError.CALLER_AT_FAULT : GatewayError.SERVICE_AT_FAULT, said);
    }

    int status() {
        return error.wire().httpStatus();
    }

    byte[] json() {
        ObjectNode problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", error.summary())
                .put("status", status())
                .put("code", error.code());
        problem.set("fault", said);
        return problem.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode said, String name, JsonNode value) {
        if (!value.isMissingNode()) {
            said.put(name, text(value));
        }
    }

    /** A text may have attributes; of several languages it is the first. */
    private static String text(JsonNode value) {
        JsonNode one = value.isArray() ? value.path(0) : value;
        return one.isObject()
                ? one.path("#text").asText().strip()
                : one.asText().strip();
    }

    private static String local(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }
}

package org.tongmai.mappings.camel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.mappings.hl7out.Hl7Output;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Makes the content of an {@link HttpCall}, a FHIR R4 bundle or resource in JSON, an HL7 v2 message in UTF-8:
 * {@code transformDataType: {fromType: "fhir:call", toType: "hl7v2:call"}}. The event is the one the data say. What had no place
 * in it, or was missing, is the exchange's {@link ExchangeNames#WRITE_WARNINGS}.
 */
public final class FhirCallToHl7Transformer extends Transformer {
    private static final int LONGEST_CONTROL_ID = 20;
    private static final Pattern JSON = Pattern.compile("(?i)[ \\t]*application/([a-z0-9.+_-]+\\+)?json[ \\t]*(;.*)?");
    private static final Pattern OTHER_CHARSET =
            Pattern.compile("(?i)charset(?![ \\t]*=[ \\t]*\"?utf-8\"?[ \\t]*(;|$))");

    private final MappingEngine engine;

    public FhirCallToHl7Transformer(MappingEngine engine) {
        super();
        setFrom("fhir:call");
        setTo("hl7v2:call");
        this.engine = engine;
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        HttpCall call = (HttpCall) message.getBody();
        requireJson(call);
        List<ObjectNode> data = Hl7OutMappings.read(call.body());
        String trace = message.getExchange().getProperty(ExchangeNames.CALL_TRACE, "", String.class);
        Hl7Output made = engine.hl7().write(data, order(data, trace));
        message.setBody(call.with(made.raw()));
        if (!made.issues().isEmpty()) {
            message.getExchange().setProperty(ExchangeNames.WRITE_WARNINGS, made.issues());
        }
    }

    /** A call that is tried again is the same message: where the data name none, its control id is of the call's trace. */
    private static Hl7Order order(List<ObjectNode> data, String trace) {
        boolean named = data.stream()
                .anyMatch(each -> each.path("resourceType").asText().equals("Bundle")
                        && !each.path("identifier").path("value").asText().isEmpty());
        if (named || trace.isEmpty()) {
            return Hl7Order.ofData();
        }
        String id = trace.substring(0, Math.min(trace.length(), LONGEST_CONTROL_ID));
        return new Hl7Order("", StandardCharsets.UTF_8, id, Instant.now());
    }

    /** As anything else, or in another encoding, it was judged as something else than the JSON it is read as. */
    private static void requireJson(HttpCall call) {
        List<String> types = call.fields().all("content-type");
        boolean json = types.size() == 1
                && JSON.matcher(types.get(0)).matches()
                && !OTHER_CHARSET.matcher(types.get(0)).find()
                && call.fields().all("content-encoding").stream().allMatch("identity"::equalsIgnoreCase);
        if (!json || !isUtf8(call.body())) {
            throw new CodedException(Issue.of(
                    MappingError.FHIR_UNREADABLE, "", "expected a content of type application/fhir+json in UTF-8"));
        }
    }

    /** JSON in UTF-16 or UTF-32 is well-formed UTF-8 too, but with NUL bytes. */
    private static boolean isUtf8(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

package org.tongmai.adapters.hl7mllp.internal.camel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.client.Answer;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.hl7v2.Hl7Header;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;

/**
 * What an acknowledgement is to who called by HTTP: 200 for {@code AA} and {@code CA}, 422 for {@code AE} and {@code CE} (the
 * message is to be mended), 409 for {@code AR} and {@code CR} (the receiver does not take it as it is now); as HL7, byte for
 * byte, or as JSON where the call accepts that.
 */
final class AcknowledgementAnswer {
    private static final int TAKEN = 200;
    private static final int SENT = 202;
    private static final int ERROR = 422;
    private static final int REJECT = 409;

    private AcknowledgementAnswer() {}

    /** @throws CodedException where the receiver's answer is no acknowledgement */
    static HttpAnswer of(HttpCall call, Answer answer) {
        if (!answer.expected()) {
            return new HttpAnswer(SENT, new HttpFields.Builder().build(), new byte[0]);
        }
        boolean coded = answer.positive() || answer.fails() || answer.rejects();
        if (!coded || Hl7Header.scan(answer.text()).fields().isEmpty()) {
            throw new CodedException(Issue.of(
                    MllpError.ANSWERED_ERROR, "", "found no acknowledgement code, expected one of HL7 table 0008"));
        }
        int status = answer.positive() ? TAKEN : answer.fails() ? ERROR : REJECT;
        return wantsJson(call) ? json(status, answer) : hl7(status, answer);
    }

    private static boolean wantsJson(HttpCall call) {
        return call.fields().all("accept").stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .anyMatch(value -> value.contains("json") && !value.contains("hl7"));
    }

    private static HttpAnswer hl7(int status, Answer answer) {
        String type = "application/hl7-v2; charset=" + answer.charset().name();
        return new HttpAnswer(status, HttpFields.of("content-type", type), answer.raw());
    }

    private static HttpAnswer json(int status, Answer answer) {
        Hl7Message message = Hl7Message.parse(answer.text());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!answer.positive()) {
            json.put("code", (answer.fails() ? MllpError.ANSWERED_ERROR : MllpError.ANSWERED_REJECT).code());
        }
        json.put("acknowledgement", answer.code()).put("controlId", answer.controlId());
        Hl7Segment acknowledgement = message.first("MSA");
        if (acknowledgement != null) {
            put(json, "text", acknowledgement.field(3).whole());
        }
        ArrayNode errors = json.putArray("errors");
        message.segments().stream().filter(segment -> segment.is("ERR")).forEach(segment -> error(errors, segment));
        return new HttpAnswer(
                status,
                HttpFields.of("content-type", "application/json"),
                json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** As of HL7 2.5; before, ERR-1 said where and what in one. */
    private static void error(ArrayNode errors, Hl7Segment segment) {
        ObjectNode error = errors.addObject();
        put(
                error,
                "location",
                segment.field(2).isEmpty()
                        ? segment.field(1).raw()
                        : segment.field(2).raw());
        put(error, "condition", segment.field(3).component(1).text());
        put(error, "severity", segment.field(4).text());
        put(error, "application", segment.field(5).component(1).text());
        put(error, "diagnostic", segment.field(7).whole());
        put(error, "message", segment.field(8).whole());
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null && !value.isEmpty()) {
            json.put(name, value);
        }
    }
}

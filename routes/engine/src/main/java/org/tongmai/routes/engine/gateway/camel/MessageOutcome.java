package org.tongmai.routes.engine.gateway.camel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;

/**
 * Says what became of a message by the answer to its call: below 300 it was taken, unless the answer is HL7 v2 and says
 * otherwise (MSA-1, HL7 table 0008), or comes of a receiver that was asked for no acknowledgement; a refusal of the gateway has
 * its own code; what the service answered with 4xx, {@code AE} or {@code CE} is to be mended ({@code AE}), anything else was
 * not taken as things are ({@code AR}).
 */
public final class MessageOutcome implements Processor {
    private static final int FIRST_NOT_DONE = 300;
    private static final int FIRST_OF_CALLER = 400;
    private static final int FIRST_OF_SERVICE = 500;
    /** Of a code nothing can be a value of a patient. */
    private static final Pattern CODE = Pattern.compile("[A-Z]{1,8}(-[A-Z]{1,12})+-[0-9]{4}");

    private static final Set<String> TAKEN = Set.of("AA", "CA");
    private static final Set<String> ERROR = Set.of("AE", "CE");
    private static final Set<String> REJECT = Set.of("AR", "CR");
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public void process(Exchange exchange) {
        Issue refusal = exchange.getProperty(GatewayEndpoint.REFUSAL, Issue.class);
        HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
        boolean unconfirmed = exchange.getProperty(GatewayEndpoint.UNCONFIRMED, false, Boolean.class);
        Issue problem = refusal != null ? refusal : unconfirmed ? notConfirmed() : problem(answer);
        answer.content().close();
        exchange.setProperty(
                ExchangeNames.OUTCOME,
                problem == null
                        ? new Outcome(Disposition.PROCESSED, 0, List.of())
                        : new Outcome(Disposition.REFUSED, 0, List.of(problem)));
    }

    private static Issue notConfirmed() {
        return Issue.of(
                GatewayError.MESSAGE_NOT_TAKEN,
                "",
                "sent, and not acknowledged: MSH-15 and MSH-16 ask the receiver for no acknowledgement");
    }

    /** What the service said against the message; null where it was taken. */
    private static Issue problem(HttpAnswer answer) {
        if (answer.status() >= FIRST_NOT_DONE) {
            return said(answer);
        }
        byte[] body = held(answer);
        // Codes and separators are ASCII in whatever the message is written with.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (body.length == 0 || !isHl7(answer) && !text.stripLeading().startsWith("MSH")) {
            return null;
        }
        Hl7Segment acknowledgement = Hl7Message.parse(text).first("MSA");
        String code =
                acknowledgement == null ? "" : acknowledgement.field(1).text().trim();
        if (TAKEN.contains(code)) {
            return null;
        }
        boolean known = ERROR.contains(code) || REJECT.contains(code);
        return Issue.of(
                ERROR.contains(code) ? GatewayError.MESSAGE_REFUSED : GatewayError.MESSAGE_NOT_TAKEN,
                "",
                "status: " + answer.status() + ", MSA-1: " + (known ? code : "none of HL7 table 0008"));
    }

    /** What lies in a file is not looked into: the listener answers something else. */
    private static byte[] held(HttpAnswer answer) {
        return answer.content().isHeld() ? answer.body() : new byte[0];
    }

    private static boolean isHl7(HttpAnswer answer) {
        return answer.fields()
                .first("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("hl7-v2");
    }

    private static Issue said(HttpAnswer answer) {
        boolean caller = answer.status() >= FIRST_OF_CALLER && answer.status() < FIRST_OF_SERVICE;
        String detail = "status: " + answer.status();
        String code = code(held(answer));
        return Issue.of(
                caller ? GatewayError.MESSAGE_REFUSED : GatewayError.MESSAGE_NOT_TAKEN,
                "",
                code.isEmpty() ? detail : detail + ", code: " + code);
    }

    /** The member {@code code} of a JSON object, where it is one; what lies deeper is of something else. */
    private static String code(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("code");
                if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
                    return CODE.matcher(json.getText()).matches() ? json.getText() : "";
                }
                json.skipChildren();
            }
            return "";
        } catch (IOException e) {
            return ""; // no JSON, so it has no code
        }
    }
}

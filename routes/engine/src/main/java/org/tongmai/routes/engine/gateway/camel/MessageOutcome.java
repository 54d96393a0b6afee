package org.tongmai.routes.engine.gateway.camel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.Outcome.Disposition;

/**
 * Says what became of a message by the answer to its call: below 300 it was taken; a refusal of the gateway has its own code;
 * what the service answered with 4xx is to be mended ({@code AE}), anything else was not taken as things are ({@code AR}).
 */
public final class MessageOutcome implements Processor {
    private static final int FIRST_NOT_DONE = 300;
    private static final int FIRST_OF_CALLER = 400;
    private static final int FIRST_OF_SERVICE = 500;
    /** Of a code nothing can be a value of a patient. */
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([A-Z]{1,8}(-[A-Z]{1,12})+-[0-9]{4})\"");

    private static final int LOOKED_AT = 4096;

    @Override
    public void process(Exchange exchange) {
        Issue refusal = exchange.getProperty(GatewayEndpoint.REFUSAL, Issue.class);
        HttpAnswer answer = exchange.getMessage().getBody(HttpAnswer.class);
        answer.content().close(); // the listener answers something else; what lies in a file is not looked into
        exchange.setProperty(
                ExchangeNames.OUTCOME,
                refusal == null && answer.status() < FIRST_NOT_DONE
                        ? new Outcome(Disposition.PROCESSED, 0, List.of())
                        : new Outcome(Disposition.REFUSED, 0, List.of(refusal == null ? said(answer) : refusal)));
    }

    private static Issue said(HttpAnswer answer) {
        boolean caller = answer.status() >= FIRST_OF_CALLER && answer.status() < FIRST_OF_SERVICE;
        String detail = "status: " + answer.status();
        byte[] body = answer.content().isHeld() ? answer.body() : new byte[0];
        String begin = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        Matcher code = CODE.matcher(begin);
        return Issue.of(
                caller ? GatewayError.MESSAGE_REFUSED : GatewayError.MESSAGE_NOT_TAKEN,
                "",
                code.find() ? detail + ", code: " + code.group(1) : detail);
    }
}

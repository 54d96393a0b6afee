package org.tongmai.adapters.hl7mllp.internal.camel;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.client.Answer;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * The bean of the kamelet {@code hl7-mllp-sink}: sends a message and goes on when it is acknowledged. The body stays what it was.
 */
public final class MllpSender extends MllpClient {
    @Override
    CompletableFuture<Answer> sent(Exchange exchange) {
        Outgoing outgoing = outgoing(exchange.getMessage().getBody());
        if (outgoing == null || outgoing.header().fields().isEmpty()) {
            throw new CodedException(Issue.of(
                    MllpError.NOT_SENDABLE, "", "expected a received message, text or bytes that begin with MSH"));
        }
        return send(exchange, outgoing.content(), outgoing.header());
    }

    @Override
    void answered(Exchange exchange, Answer answer) {
        if (!answer.expected() || answer.positive()) {
            return;
        }
        MllpError error = answer.rejects() ? MllpError.ANSWERED_REJECT : MllpError.ANSWERED_ERROR;
        String found = answer.rejects() || answer.fails() ? answer.code() : "no acknowledgement code";
        throw new CodedException(Issue.of(error, "", "found " + found + ", expected AA or CA"));
    }

    private Outgoing outgoing(Object body) {
        if (body instanceof ReceivedMessage received) {
            return new Outgoing(received.raw(), Hl7Header.scan(received.text()));
        }
        if (body instanceof String text) {
            return new Outgoing(text.getBytes(Charset.forName(charset())), Hl7Header.scan(text));
        }
        if (body instanceof byte[] bytes) {
            // The header's conditions and control id are ASCII in every charset in use.
            return new Outgoing(bytes, Hl7Header.scan(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        return null;
    }

    private record Outgoing(byte[] content, Hl7Header header) {
        @Override
        public String toString() {
            return "Outgoing[" + content.length + " bytes]";
        }
    }
}

package org.tongmai.routes.engine.gateway.camel;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;
import org.tongmai.standards.exchange.ReceivedMessage;

/** Makes a call of a message that came by a listener: its bytes, and the charset it was read with. The gateway knows its path. */
public final class MessageCall implements Processor {
    private static final String HL7 = "application/hl7-v2; charset=";

    /** @throws CodedException where the message could not be read: then nobody is called */
    @Override
    public void process(Exchange exchange) {
        List<?> unreadable = exchange.getProperty(ExchangeNames.READ_ISSUES, List.class);
        if (unreadable != null) {
            throw new CodedException(unreadable.stream().map(Issue.class::cast).toList(), null);
        }
        ReceivedMessage message = exchange.getMessage().getBody(ReceivedMessage.class);
        HttpFields fields =
                HttpFields.of("content-type", HL7 + message.charset().name());
        exchange.getMessage().setBody(new HttpCall("POST", "/", "", fields, message.raw(), address(message.source())));
    }

    /** Without the port, and of an IPv6 address without brackets and zone. */
    private static String address(String source) {
        String address = source.substring(0, Math.max(0, source.lastIndexOf(':')));
        int zone = address.indexOf('%');
        return (zone < 0 ? address : address.substring(0, zone))
                .replace("[", "")
                .replace("]", "");
    }
}

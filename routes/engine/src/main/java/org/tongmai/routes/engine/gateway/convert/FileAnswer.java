package org.tongmai.routes.engine.gateway.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpFields;

/** Says that the file is there, and its name: {@code 201 {"file": "…"}}. */
public final class FileAnswer implements Processor {
    private static final int CREATED = 201;

    @Override
    public void process(Exchange exchange) {
        String name = exchange.getProperty(FileRequest.NAME_PROPERTY, String.class);
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("file", name)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        exchange.getMessage().setBody(new HttpAnswer(CREATED, HttpFields.of("content-type", "application/json"), body));
    }
}

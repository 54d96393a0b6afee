package org.tongmai.mappings.camel;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.mappings.hl7out.Hl7Output;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpCall;

/**
 * Makes the content of an {@link HttpCall}, a FHIR R4 bundle or resource in JSON, an HL7 v2 message in UTF-8:
 * {@code transformDataType: {fromType: "fhir:call", toType: "hl7v2:call"}}. The event is the one the data say. What had no place
 * in it, or was missing, is the exchange's {@link ExchangeNames#WRITE_WARNINGS}.
 */
public final class FhirCallToHl7Transformer extends Transformer {
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
        Hl7Output made = engine.hl7().write(Hl7OutMappings.read(call.body()), Hl7Order.ofData());
        message.setBody(call.with(made.raw()));
        if (!made.issues().isEmpty()) {
            message.getExchange().setProperty(ExchangeNames.WRITE_WARNINGS, made.issues());
        }
    }
}

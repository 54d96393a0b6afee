package org.tongmai.adapters.fhir.internal.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.exchange.ExchangeNames;

/**
 * Makes a request of a body alone: a transaction or batch is sent to the base address, a message to {@code $process-message},
 * any other resource is created. Read and judged as a request that came over HTTP; a batch stays whole.
 */
public final class SampleRequest implements Processor {
    /** Name in Camel's registry by which a sandbox finds it. */
    public static final String NAME = ExchangeNames.SAMPLE_READER + "fhir-source";

    private static final String BASE = "http://localhost/fhir";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RequestReading reading;

    public SampleRequest(RequestReading reading) {
        this.reading = reading;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        RawRequest raw = new RawRequest(
                "POST",
                target(body),
                Map.of(RawRequest.BASE, BASE, RawRequest.CONTENT_TYPE, "application/fhir+json"),
                body);
        RequestReception reception = new RequestReception(raw, "sample", "", "sample", "", Instant.EPOCH);
        Submission read = null;
        try {
            read = reading.judged(reading.reader().read(raw), new Judgement.Budget());
            exchange.setProperty(RequestFeed.SUBMISSION, read);
        } catch (CodedException e) {
            exchange.setProperty(ExchangeNames.READ_ISSUES, e.issues());
        }
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, AcknowledgeWhen.PROCESSED);
        exchange.getMessage().setBody(reception.message(read, reading.types()));
    }

    private static String target(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException e) {
            throw new CodedException(List.of(Issue.of(FhirError.INVALID_REQUEST, "", "expected JSON")), e);
        }
        String type = root.path("resourceType").asText();
        if (!type.equals("Bundle")) {
            return "/" + type;
        }
        return root.path("type").asText().equals("message") ? "/$process-message" : "/";
    }
}

package org.tongmai.routes.engine.gateway.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import org.tongmai.routes.engine.gateway.chain.KnownApplication;
import org.tongmai.routes.engine.gateway.chain.Passage;
import org.tongmai.routes.engine.gateway.rules.Service;

/**
 * What is known of a call when it ended, to be masked and written later.
 *
 * @param in what was asked; null where that is not written
 * @param out what was answered; null where that is not written
 */
record AccessLine(Instant at, Call call, Outcome outcome, Content in, Content out) {
    private static final JsonFactory JSON = new JsonFactory();

    /** What names the call; nothing that keeps its content alive. */
    record Call(
            Service service,
            String trace,
            String gateway,
            String application,
            String address,
            String method,
            String path,
            String query,
            String listener) {
        static Call of(Passage passage) {
            KnownApplication proven = passage.proven();
            return new Call(
                    passage.service().rule(),
                    passage.trace(),
                    passage.gateway().name().toLowerCase(Locale.ROOT),
                    proven == null ? "" : proven.id(),
                    passage.received().remoteAddress(),
                    passage.received().method(),
                    passage.received().path(),
                    passage.received().query(),
                    passage.listenerId());
        }

        /** Shows neither path nor query: they may name a patient. */
        @Override
        public String toString() {
            return "Call[" + trace + "]";
        }
    }

    /**
     * How it ended.
     *
     * @param code why it was refused; empty when it was not
     */
    record Outcome(int status, String code, long micros) {}

    /**
     * A content.
     *
     * @param bytes the first of it; none of one that is too large to be held in memory
     * @param length of all of it
     */
    record Content(String type, byte[] bytes, long length) {
        /** Shows nothing of it. */
        @Override
        public String toString() {
            return "Content[" + length + " bytes]";
        }
    }

    /** How much room it takes while it waits: what a caller can make long. */
    long bytes() {
        return (long) call.path().length() + call.query().length() + bytes(in) + bytes(out);
    }

    private static long bytes(Content content) {
        return content == null ? 0 : (long) content.type().length() + content.bytes().length;
    }

    /** One line. */
    String json() {
        Service rule = call.service();
        Masking masking = new Masking(rule.log().shown());
        StringWriter line = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("at", at.toString());
            json.writeStringField("trace", call.trace());
            json.writeStringField("gateway", call.gateway());
            json.writeStringField("service", rule.id());
            if (!call.listener().isEmpty()) {
                json.writeStringField("listener", call.listener());
            }
            json.writeStringField("application", call.application());
            json.writeStringField("address", call.address());
            json.writeStringField("method", call.method());
            json.writeNumberField("status", outcome.status());
            json.writeStringField("code", outcome.code());
            json.writeNumberField("micros", outcome.micros());
            if (in != null) {
                json.writeObjectFieldStart("in");
                json.writeFieldName("path");
                json.writeRawValue(masking.path(rule.path(), call.path()));
                json.writeFieldName("query");
                json.writeRawValue(masking.pairs(call.query()));
                content(json, masking, in);
                json.writeEndObject();
            }
            if (out != null) {
                json.writeObjectFieldStart("out");
                content(json, masking, out);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void content(JsonGenerator json, Masking masking, Content content) throws IOException {
        json.writeNumberField("bytes", content.length());
        if (content.length() > content.bytes().length) {
            json.writeBooleanField("cut", true);
        }
        if (content.bytes().length > 0) {
            json.writeFieldName("content");
            json.writeRawValue(masking.content(content.type(), content.bytes()));
        }
    }
}

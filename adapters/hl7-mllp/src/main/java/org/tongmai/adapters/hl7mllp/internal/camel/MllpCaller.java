package org.tongmai.adapters.hl7mllp.internal.camel;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.client.Answer;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Body;
import org.tongmai.standards.hl7v2.Hl7Charsets;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * The bean of the kamelet {@code hl7-mllp-action}: sends the HL7 message a call holds and puts the receiver's acknowledgement
 * in its place, as an answer. What a mapping before it left out the field {@code X-Tongmai-Warnings} of the answer says.
 */
public final class MllpCaller extends MllpClient {
    private static final String CALL = "CamelTongmaiMllpCall";
    private static final String WARNINGS_FIELD = "X-Tongmai-Warnings";
    private static final int MOST_WARNINGS = 20;
    private static final int CHARSET_FIELD = 18;
    private static final Pattern WIDE = Pattern.compile("(?i)utf-?_?(16|32|7)|ucs|iso-10646|ibm|cp\\d");
    private static final String CONTROLS_OF_TEXT = "\t\n\r\u000b\f\u001c";
    private static final byte START_OF_FRAME = 0x0B;
    private static final byte END_OF_FRAME = 0x1C;

    private Charset wanted;

    @Override
    protected void doStart() throws Exception {
        wanted = charset().isEmpty() ? null : named(charset());
        super.doStart();
    }

    @Override
    CompletableFuture<Answer> sent(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof HttpCall call)) {
            throw new IllegalStateException("no HTTP call");
        }
        exchange.setProperty(CALL, call);
        ReceivedMessage message = Hl7Body.read(call.body()).message();
        requireText(call, message.charset());
        Hl7Header header = Hl7Header.scan(message.text());
        boolean asIs = wanted == null || wanted.equals(message.charset());
        byte[] content = asIs ? message.raw() : encoded(message.text(), header, wanted);
        for (byte each : content) {
            if (each == START_OF_FRAME || each == END_OF_FRAME) {
                // It would end the frame, and what follows would be a message nobody judged.
                throw new CodedException(Issue.of(MllpError.NOT_SENDABLE, "", "found a frame mark, expected none"));
            }
        }
        return send(exchange, content, header);
    }

    /** What a gateway could not take for text, or took for text of another encoding, it did not judge. */
    private static void requireText(HttpCall call, Charset read) {
        String type = String.join(",", call.fields().all("content-type")).toLowerCase(Locale.ROOT);
        boolean declared = type.contains("hl7-v2") || type.contains("er7");
        if (WIDE.matcher(read.name()).find()
                || WIDE.matcher(type).find()
                || !declared && hasControls(call.body())
                || !call.fields().all("content-encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new CodedException(Issue.of(
                    MllpError.NOT_SENDABLE, "", "expected text, not compressed, in a charset that has ASCII as it is"));
        }
    }

    private static boolean hasControls(byte[] body) {
        for (byte each : body) {
            if (each >= 0 && each < ' ' && CONTROLS_OF_TEXT.indexOf(each) < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    void answered(Exchange exchange, Answer answer) {
        HttpCall call = exchange.getProperty(CALL, HttpCall.class);
        exchange.removeProperty(CALL);
        HttpAnswer made = AcknowledgementAnswer.of(call, answer);
        List<?> warnings = exchange.getProperty(ExchangeNames.WRITE_WARNINGS, List.of(), List.class);
        exchange.getMessage()
                .setBody(warnings.isEmpty() ? made : made.with(made.fields().with(WARNINGS_FIELD, shown(warnings))));
    }

    /** What had no place in the message, or was missing: codes and places, nothing of what they hold. */
    private static String shown(List<?> warnings) {
        String first = warnings.stream()
                .limit(MOST_WARNINGS)
                .map(Issue.class::cast)
                .map(issue -> issue.code().code() + ' ' + issue.location())
                .collect(Collectors.joining(", "));
        int more = warnings.size() - MOST_WARNINGS;
        return more > 0 ? first + ", and " + more + " more" : first;
    }

    private static Charset named(String name) {
        Charset charset = Hl7Charsets.find(name);
        return charset == null ? Charset.forName(name) : charset;
    }

    /** In another charset than it came in, and MSH-18 says so. */
    private static byte[] encoded(String text, Hl7Header header, Charset charset) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
            end++;
        }
        List<String> fields =
                new ArrayList<>(header.fields().subList(1, header.fields().size()));
        int missing = CHARSET_FIELD - 1 - fields.size();
        fields.addAll(Collections.nCopies(Math.max(0, missing), ""));
        fields.set(CHARSET_FIELD - 2, Hl7Charsets.name(charset));
        String separator = header.field(1);
        String said = "MSH" + separator + String.join(separator, fields) + text.substring(end);
        try {
            ByteBuffer bytes = charset.newEncoder().encode(CharBuffer.wrap(said));
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            return content;
        } catch (CharacterCodingException e) {
            throw new CodedException(Issue.of(MllpError.NOT_IN_CHARSET, "", "expected " + charset.name()), e);
        }
    }
}

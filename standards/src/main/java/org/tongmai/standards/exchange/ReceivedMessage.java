package org.tongmai.standards.exchange;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A message as it came in. The body of an exchange between a source kamelet and {@code transformDataType}, and again
 * when the journal replays it.
 *
 * @param format data type of the bytes, for example {@code hl7v2:message}
 * @param raw the bytes between the frame marks, exactly as received; never changed
 * @param charset the charset the text was read with
 * @param text the bytes decoded, without a byte order mark
 * @param keys the fields the journal finds it by
 * @param source remote address and listener, for example {@code 127.0.0.1:40112}; empty for a replay
 * @param receivedAt when the last byte arrived
 * @param varying parts of {@code raw}, in order, that may differ where the same message comes again; where none are named
 *     it is the first {@link MessageKeys#sentAt} alone
 */
public record ReceivedMessage(
        String format,
        byte[] raw,
        Charset charset,
        String text,
        MessageKeys keys,
        String source,
        Instant receivedAt,
        List<Span> varying) {
    /** A message that differs in its time of sending alone where it comes again. */
    public ReceivedMessage(
            String format,
            byte[] raw,
            Charset charset,
            String text,
            MessageKeys keys,
            String source,
            Instant receivedAt) {
        this(format, raw, charset, text, keys, source, receivedAt, List.of());
    }

    /**
     * A part of the bytes.
     *
     * @param from first byte
     * @param to byte behind the last
     */
    public record Span(int from, int to) {}

    public ReceivedMessage {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(receivedAt, "receivedAt");
        source = source == null ? "" : source;
        varying = List.copyOf(varying);
    }

    /** Names the message by its keys, never by its content. */
    @Override
    public String toString() {
        return "ReceivedMessage[" + format + ", " + raw.length + " bytes, " + keys.type() + "]";
    }
}

package org.tongmai.standards.exchange;

import java.nio.charset.Charset;
import java.time.Instant;
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
 */
public record ReceivedMessage(
        String format, byte[] raw, Charset charset, String text, MessageKeys keys, String source, Instant receivedAt) {
    public ReceivedMessage {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(raw, "raw");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(receivedAt, "receivedAt");
        source = source == null ? "" : source;
    }

    /** Names the message by its keys, never by its content. */
    @Override
    public String toString() {
        return "ReceivedMessage[" + format + ", " + raw.length + " bytes, " + keys.type() + "]";
    }
}

package org.tongmai.routes.engine.journal.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.exchange.ReceivedMessage.Span;

/** The first 128 bits of SHA-256, as UUIDs because PostgreSQL keeps those in 16 bytes. */
final class Digests {
    /** How far the time of sending is looked for. */
    private static final int HEADER_BYTES = 1024;

    /** A date and more, as HL7 v2 writes it. */
    private static final Pattern TIME = Pattern.compile("[0-9]{8}[0-9.+-]*");

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digests::sha256);

    private Digests() {}

    static UUID of(byte[] raw) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        return firstHalf(digest.digest(raw));
    }

    /**
     * The content without the sender's own time of sending: a repetition that says a later time is the same message.
     */
    static UUID content(ReceivedMessage message) {
        byte[] raw = message.raw();
        MessageDigest digest = SHA_256.get();
        digest.reset();
        int from = 0;
        for (Span part : message.varying().isEmpty() ? timeOfSending(message) : message.varying()) {
            digest.update(raw, from, part.from() - from);
            from = part.to();
        }
        digest.update(raw, from, raw.length - from);
        return firstHalf(digest.digest());
    }

    /** Where the header says it. What is no time would be found in other fields. */
    private static List<Span> timeOfSending(ReceivedMessage message) {
        String sentAt = message.keys().sentAt();
        int at = TIME.matcher(sentAt).matches()
                ? indexOf(message.raw(), sentAt.getBytes(StandardCharsets.US_ASCII))
                : -1;
        return at < 0 ? List.of() : List.of(new Span(at, at + sentAt.length()));
    }

    private static int indexOf(byte[] raw, byte[] wanted) {
        int last = Math.min(raw.length, HEADER_BYTES) - wanted.length;
        for (int at = 0; at <= last; at++) {
            if (Arrays.equals(raw, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }

    /** The idempotency key: sender, receiver, control id. A unit separator can not occur in any of them. */
    static UUID key(MessageKeys keys) {
        String text = keys.sender() + '\u001f' + keys.receiver() + '\u001f' + keys.controlId();
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UUID firstHalf(byte[] hash) {
        ByteBuffer buffer = ByteBuffer.wrap(hash);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }
}

package org.tongmai.routes.engine.journal.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import org.tongmai.standards.exchange.MessageKeys;
import org.tongmai.standards.exchange.ReceivedMessage;

/** The first 128 bits of SHA-256, as UUIDs because PostgreSQL keeps those in 16 bytes. */
final class Digests {
    /** How far the time of sending is looked for. */
    private static final int HEADER_BYTES = 1024;

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
        byte[] sentAt = message.keys().sentAt().getBytes(StandardCharsets.US_ASCII);
        int at = sentAt.length == 0 ? -1 : indexOf(raw, sentAt);
        if (at < 0) {
            return of(raw);
        }
        MessageDigest digest = SHA_256.get();
        digest.reset();
        digest.update(raw, 0, at);
        digest.update(raw, at + sentAt.length, raw.length - at - sentAt.length);
        return firstHalf(digest.digest());
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

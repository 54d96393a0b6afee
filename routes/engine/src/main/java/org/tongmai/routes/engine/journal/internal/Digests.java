package org.tongmai.routes.engine.journal.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.tongmai.standards.exchange.MessageKeys;

/** The first 128 bits of SHA-256, as UUIDs because PostgreSQL keeps those in 16 bytes. */
final class Digests {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digests::sha256);

    private Digests() {}

    static UUID of(byte[] raw) {
        MessageDigest digest = SHA_256.get();
        digest.reset();
        return firstHalf(digest.digest(raw));
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

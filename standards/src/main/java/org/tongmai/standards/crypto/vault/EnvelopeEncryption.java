package org.tongmai.standards.crypto.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.tongmai.standards.crypto.ContentCipher;
import org.tongmai.standards.crypto.ContentKey;
import org.tongmai.standards.crypto.CryptoError;
import org.tongmai.standards.crypto.SealedContent;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/**
 * Seals content under a data key of its own (DEK), wrapped by a key-encryption key (KEK) of a vault. Another KEK takes
 * over without the content being touched: {@link #rewrap}. The envelope:
 *
 * <pre>
 * 02                          version
 * 1 byte                      {@link ContentCipher#number()}
 * 1 byte, bytes               key id, UTF-8
 * 2 bytes, bytes              wrapped data key
 * 1 byte, bytes               nonce
 * 1 byte, bytes               tag
 * the rest                    ciphertext
 * </pre>
 *
 * <p>The tag covers version, cipher, context, nonce and ciphertext; key id and wrapped key it does not, for they change.
 */
public final class EnvelopeEncryption {
    private static final byte VERSION = 2;

    private final KeyVault vault;
    private final KeyRotation rotation;
    private final ContentCipher cipher;

    /** @param cipher for what is sealed from now on; what is opened says how it was sealed */
    public EnvelopeEncryption(KeyVault vault, KeyRotation rotation, ContentCipher cipher) {
        this.vault = vault;
        this.rotation = rotation;
        this.cipher = cipher;
    }

    private record Envelope(ContentCipher cipher, String keyId, byte[] wrapped, SealedContent sealed) {}

    /** @param context where the content belongs; not stored, and needed to open it */
    public byte[] seal(byte[] content, byte[] context) {
        ContentKey key = ContentKey.generate(cipher);
        byte[] wrapped = wrap(key.bytes());
        return write(new Envelope(cipher, rotation.current(), wrapped, key.seal(content, bound(cipher, context))));
    }

    /**
     * @throws CodedException {@link CryptoError#SEAL_BROKEN}, {@link CryptoError#KEY_RETIRED},
     *     {@link CryptoError#KEY_UNKNOWN}, {@link CryptoError#VAULT_FAILED}
     */
    public byte[] open(byte[] envelope, byte[] context) {
        Envelope parts = read(envelope);
        byte[] key = unwrap(parts);
        try {
            return ContentKey.of(parts.cipher(), key).open(parts.sealed(), bound(parts.cipher(), context));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The key-encryption key an envelope needs. */
    public String keyId(byte[] envelope) {
        return read(envelope).keyId();
    }

    /**
     * The same content under the current key-encryption key; the envelope itself where that is so already.
     *
     * @throws CodedException as {@link #open} does
     */
    public byte[] rewrap(byte[] envelope) {
        Envelope parts = read(envelope);
        if (parts.keyId().equals(rotation.current())) {
            return envelope;
        }
        byte[] wrapped = wrap(unwrap(parts));
        return write(new Envelope(parts.cipher(), rotation.current(), wrapped, parts.sealed()));
    }

    /** Wraps a data key and wipes it. */
    private byte[] wrap(byte[] key) {
        try {
            return vault.wrap(rotation.current(), key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] unwrap(Envelope parts) {
        rotation.mustOpen(parts.keyId());
        byte[] key = vault.unwrap(parts.keyId(), parts.wrapped());
        if (key.length != parts.cipher().keyBytes()) {
            Arrays.fill(key, (byte) 0);
            throw broken("a data key of " + key.length + " bytes");
        }
        return key;
    }

    private static byte[] bound(ContentCipher cipher, byte[] context) {
        return ByteBuffer.allocate(2 + context.length)
                .put(VERSION)
                .put((byte) cipher.number())
                .put(context)
                .array();
    }

    private static byte[] write(Envelope parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(parts.sealed().ciphertext().length + 128);
        byte[] keyId = parts.keyId().getBytes(StandardCharsets.UTF_8);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeByte(parts.cipher().number());
            out.writeByte(keyId.length);
            out.write(keyId);
            out.writeShort(parts.wrapped().length);
            out.write(parts.wrapped());
            out.writeByte(parts.sealed().nonce().length);
            out.write(parts.sealed().nonce());
            out.writeByte(parts.sealed().tag().length);
            out.write(parts.sealed().tag());
            out.write(parts.sealed().ciphertext());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Envelope read(byte[] envelope) {
        ByteBuffer in = ByteBuffer.wrap(envelope);
        try {
            if (in.get() != VERSION) {
                throw broken("expected an envelope of version " + VERSION);
            }
            Optional<ContentCipher> cipher = ContentCipher.of(Byte.toUnsignedInt(in.get()));
            String keyId = new String(next(in, Byte.toUnsignedInt(in.get())), StandardCharsets.UTF_8);
            byte[] wrapped = next(in, Short.toUnsignedInt(in.getShort()));
            byte[] nonce = next(in, Byte.toUnsignedInt(in.get()));
            byte[] tag = next(in, Byte.toUnsignedInt(in.get()));
            SealedContent sealed = new SealedContent(nonce, next(in, in.remaining()), tag);
            return new Envelope(cipher.orElseThrow(() -> broken("an unknown cipher")), keyId, wrapped, sealed);
        } catch (BufferUnderflowException e) {
            throw broken("not in the format of an envelope");
        }
    }

    private static byte[] next(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static CodedException broken(String detail) {
        return new CodedException(Issue.of(CryptoError.SEAL_BROKEN, "envelope", detail));
    }
}

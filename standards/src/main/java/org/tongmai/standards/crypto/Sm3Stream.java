package org.tongmai.standards.crypto;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;

/** {@link Sm3} of what comes in pieces. For one thread at a time. */
public final class Sm3Stream {
    private final SM3Digest digest = new SM3Digest();

    public Sm3Stream update(byte[] data, int offset, int length) {
        digest.update(data, offset, length);
        return this;
    }

    /** Takes the remaining bytes; the buffer's position is at its limit afterwards. */
    public Sm3Stream update(ByteBuffer data) {
        if (data.hasArray()) {
            digest.update(data.array(), data.arrayOffset() + data.position(), data.remaining());
            data.position(data.limit());
            return this;
        }
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return update(copy, 0, copy.length);
    }

    /** Answers 32 bytes and begins anew. */
    public byte[] digest() {
        return Sm3.finish(digest, new byte[0]);
    }

    /** As {@link #digest()}, in 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }
}

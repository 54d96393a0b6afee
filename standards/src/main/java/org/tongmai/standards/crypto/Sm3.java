package org.tongmai.standards.crypto;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;

/** The hash SM3 密码杂凑算法 (GB/T 32905-2016, ISO/IEC 10118-3). */
public final class Sm3 {
    public static final int BYTES = 32;

    private Sm3() {}

    /** Answers 32 bytes. */
    public static byte[] digest(byte[] data) {
        return finish(new SM3Digest(), data);
    }

    /** Ends a digest with these bytes; it begins anew then. */
    static byte[] finish(SM3Digest digest, byte[] data) {
        digest.update(data, 0, data.length);
        byte[] result = new byte[BYTES];
        digest.doFinal(result, 0);
        return result;
    }

    /** Answers 64 lower-case hexadecimal digits. */
    public static String hex(byte[] data) {
        return HexFormat.of().formatHex(digest(data));
    }
}

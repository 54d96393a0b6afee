package org.tongmai.routes.engine.audit.internal;

import java.util.Collection;
import org.tongmai.routes.engine.audit.AuditQuery.Term;

/**
 * Which terms a block has: a Bloom filter of ten bits a term, four of which are set. One block in eighty is unpacked for a term
 * that it does not have. PostgreSQL tests the bits by {@code get_bit}, so that only what may fit leaves the database.
 */
final class TermFilter {
    /** Bits of a term. */
    static final int PROBES = 4;

    private static final int BITS_A_TERM = 10;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long MIX_1 = 0xff51afd7ed558ccdL;
    private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;

    private TermFilter() {}

    static String key(Term term, String value) {
        return (char) ('a' + term.ordinal()) + value;
    }

    static byte[] of(Collection<String> keys) {
        byte[] filter = new byte[Math.max(1, (keys.size() * BITS_A_TERM + 7) / 8)];
        int bits = filter.length * 8;
        for (String key : keys) {
            long[] probes = probes(key);
            for (long probe : probes) {
                int bit = (int) (probe % bits);
                filter[bit >> 3] |= (byte) (1 << (bit & 7));
            }
        }
        return filter;
    }

    /** Numbers of the term; modulo the filter's bits they are those that are set. Each below 2^31. */
    static long[] probes(String key) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * FNV_PRIME;
        }
        hash = mix(hash);
        long one = hash & 0x3fffffff;
        long two = hash >>> 34 | 1;
        long[] probes = new long[PROBES];
        for (int i = 0; i < PROBES; i++) {
            probes[i] = (one + i * two) & 0x7fffffff;
        }
        return probes;
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * MIX_1;
        mixed = (mixed ^ mixed >>> 33) * MIX_2;
        return mixed ^ mixed >>> 33;
    }
}

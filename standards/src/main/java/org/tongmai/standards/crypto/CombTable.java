package org.tongmai.standards.crypto;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECLookupTable;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat256;

/**
 * Multiples of one point, so that multiplying it by a number of 256 bits costs 16 doublings and 32 additions (Lim and
 * Lee's comb, eight rows of 32 columns in two blocks). Two products share the doublings: that is what a verification
 * needs. Times depend on the numbers, so it serves for public ones only. 32 KB; immutable.
 */
final class CombTable {
    private static final int ROWS = 8;
    private static final int BLOCKS = 2;
    private static final int COLUMNS = 16;
    private static final int SUMS = 1 << ROWS;

    private final ECLookupTable sums;

    CombTable(ECPoint point) {
        ECCurve curve = point.getCurve();
        ECPoint[] sum = new ECPoint[BLOCKS * SUMS];
        ECPoint next = point;
        for (int bit = 1; bit < SUMS; bit <<= 1) {
            for (int block = 0; block < sum.length; block += SUMS) {
                sum[block] = curve.getInfinity();
                for (int low = 0; low < bit; low++) {
                    sum[block | bit | low] = sum[block | low].add(next);
                }
                next = next.timesPow2(COLUMNS);
            }
        }
        // The table can not hold infinity: its places are never looked up.
        for (int block = 0; block < sum.length; block += SUMS) {
            sum[block] = point;
        }
        curve.normalizeAll(sum);
        sums = curve.createCacheSafeLookupTable(sum, 0, sum.length);
    }

    /** Answers number × this point + otherNumber × the other's point. Both numbers are of 0 to 2²⁵⁶ − 1. */
    ECPoint sumOfProducts(BigInteger number, CombTable other, BigInteger otherNumber) {
        int[] words = Nat256.fromBigInteger(number);
        int[] otherWords = Nat256.fromBigInteger(otherNumber);
        ECPoint sum = Sm2Curve.DOMAIN.getCurve().getInfinity();
        for (int column = COLUMNS - 1; column >= 0; column--) {
            sum = sum.twice();
            for (int block = 0; block < BLOCKS; block++) {
                sum = plus(sum, words, block, column);
                sum = other.plus(sum, otherWords, block, column);
            }
        }
        return sum;
    }

    private ECPoint plus(ECPoint sum, int[] words, int block, int column) {
        int index = index(words, block * COLUMNS + column);
        return index == 0 ? sum : sum.add(sums.lookupVar(block * SUMS | index));
    }

    /** Word w holds the bits 32w to 32w + 31: row w of the comb. */
    private static int index(int[] words, int column) {
        int index = 0;
        for (int row = 0; row < ROWS; row++) {
            index |= (words[row] >>> column & 1) << row;
        }
        return index;
    }
}

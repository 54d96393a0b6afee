package org.tongmai.standards.crypto;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECLookupTable;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat256;

/**
 * Multiples of one point, so that multiplying it by a number of 256 bits costs 32 doublings and 32 additions (Lim and
 * Lee's comb, eight rows of 32 columns). Two products share the doublings: that is what a verification needs. Times
 * depend on the numbers, so it serves for public ones only. 16 KB; immutable.
 */
final class CombTable {
    private static final int ROWS = 8;
    private static final int COLUMNS = 32;

    private final ECLookupTable sums;

    CombTable(ECPoint point) {
        ECCurve curve = point.getCurve();
        ECPoint[] sum = new ECPoint[1 << ROWS];
        sum[0] = curve.getInfinity();
        ECPoint row = point;
        for (int bit = 1; bit < sum.length; bit <<= 1) {
            for (int low = 0; low < bit; low++) {
                sum[bit | low] = sum[low].add(row);
            }
            row = row.timesPow2(COLUMNS);
        }
        // The table can not hold infinity: its place is never looked up.
        sum[0] = point;
        curve.normalizeAll(sum);
        sums = curve.createCacheSafeLookupTable(sum, 0, sum.length);
    }

    /** Answers number × this point + otherNumber × the other's point. Both numbers are of 0 to 2²⁵⁶ − 1. */
    ECPoint sumOfProducts(BigInteger number, CombTable other, BigInteger otherNumber) {
        int[] words = Nat256.fromBigInteger(number);
        int[] otherWords = Nat256.fromBigInteger(otherNumber);
        ECPoint sum = Sm2Curve.DOMAIN.getCurve().getInfinity();
        for (int column = COLUMNS - 1; column >= 0; column--) {
            int index = index(words, column);
            sum = index == 0 ? sum.twice() : sum.twicePlus(sums.lookupVar(index));
            int otherIndex = index(otherWords, column);
            sum = otherIndex == 0 ? sum : sum.add(other.sums.lookupVar(otherIndex));
        }
        return sum;
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

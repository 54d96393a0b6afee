package org.tongmai.standards.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Verifies the signatures of one SM2 key under one scheme (GB/T 32918.2-2016, 7.1), kept warm: the hash Z of user id,
 * curve and key is computed once, and so are the multiples of the key's point that a verification adds. Immutable; may
 * be used by many threads at once.
 */
public final class Sm2Verifier implements Verifier {
    private static final BigInteger N = Sm2Curve.DOMAIN.getN();
    private static final BigInteger P = Sm2Curve.DOMAIN.getCurve().getField().getCharacteristic();

    private final SignatureForm form;
    private final SM3Digest begun;
    private final Sm2PublicKey key;

    /** Made when something is verified first. */
    private static final class Multiples {
        private static final CombTable OF_G = new CombTable(Sm2Curve.DOMAIN.getG());
    }

    Sm2Verifier(Sm2PublicKey key, SignatureScheme scheme) {
        this.key = key;
        this.form = scheme.form();
        this.begun = new SM3Digest();
        byte[] z = key.z(scheme.userId().getBytes(StandardCharsets.UTF_8));
        begun.update(z, 0, z.length);
    }

    /** Z = SM3(ENTL ‖ user id ‖ a ‖ b ‖ xG ‖ yG ‖ xA ‖ yA), GB/T 32918.2-2016, 5.5. */
    static byte[] z(ECPoint key, byte[] id) {
        SM3Digest digest = new SM3Digest();
        digest.update((byte) (id.length * Byte.SIZE >> Byte.SIZE));
        digest.update((byte) (id.length * Byte.SIZE));
        digest.update(id, 0, id.length);
        ECCurve curve = key.getCurve();
        ECPoint g = Sm2Curve.DOMAIN.getG();
        for (ECFieldElement element : new ECFieldElement[] {
            curve.getA(), curve.getB(), g.getAffineXCoord(), g.getAffineYCoord(), key.getAffineXCoord()
        }) {
            byte[] bytes = element.getEncoded();
            digest.update(bytes, 0, bytes.length);
        }
        return Sm3.finish(digest, key.getAffineYCoord().getEncoded());
    }

    @Override
    public boolean verifies(byte[] data, byte[] signature) {
        Optional<BigInteger[]> numbers = form.read(signature);
        if (numbers.isEmpty()) {
            return false;
        }
        return verifiesHash(key.multiples(), Sm3.finish(new SM3Digest(begun), data), numbers.get());
    }

    /** Verifies r and s over the number e, the hash of Z and the data. */
    static boolean verifiesHash(CombTable multiplesOfKey, byte[] hash, BigInteger[] numbers) {
        BigInteger r = numbers[0];
        BigInteger s = numbers[1];
        BigInteger t = r.add(s).mod(N);
        if (t.signum() == 0) {
            return false;
        }
        ECPoint point = Multiples.OF_G.sumOfProducts(s, multiplesOfKey, t);
        if (point.isInfinity()) {
            return false;
        }
        BigInteger x = r.subtract(new BigInteger(1, hash)).mod(N);
        return hasX(point, x) || x.add(N).compareTo(P) < 0 && hasX(point, x.add(N));
    }

    /** Whether the affine coordinate x is this, without the division that making the point affine costs: X = x Z². */
    private static boolean hasX(ECPoint point, BigInteger x) {
        ECFieldElement z = point.getZCoord(0);
        return point.getCurve().fromBigInteger(x).multiply(z.square()).equals(point.getXCoord());
    }
}

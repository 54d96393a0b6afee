package org.tongmai.routes.engine.gateway.chain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.tongmai.standards.crypto.HmacSm3Key;
import org.tongmai.standards.patientindex.PersonIdentifier;

/**
 * What users are called where nobody is to read who they are, in the audit log and in deny lists: 16 hexadecimal digits of
 * HMAC-SM3 over the identifier. Who has the key can find a user again.
 */
public final class Pseudonyms {
    private static final int BYTES = 8;

    private final HmacSm3Key key;
    private final Life life;

    /** How long a user is called the same. */
    private enum Life {
        OF_THE_INSTALLATION,
        OF_THIS_PROCESS
    }

    private Pseudonyms(HmacSm3Key key, Life life) {
        this.key = key;
        this.life = life;
    }

    /** @param key of the installation, the same on all nodes */
    public static Pseudonyms of(HmacSm3Key key) {
        return new Pseudonyms(key, Life.OF_THE_INSTALLATION);
    }

    /** They hold as long as the process. */
    public static Pseudonyms ofThisProcess() {
        return new Pseudonyms(HmacSm3Key.generate(), Life.OF_THIS_PROCESS);
    }

    /** Whether a user is called the same after a restart, and on other nodes. */
    boolean areLasting() {
        return life == Life.OF_THE_INSTALLATION;
    }

    String of(PersonIdentifier user) {
        return HexFormat.of().formatHex(key.sign(user.token().getBytes(StandardCharsets.UTF_8)), 0, BYTES);
    }
}

package org.tongmai.console.server.account.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The password of each account that was right last, as an HMAC under a key of this run: so that it can be told at no cost, and
 * in the same time for every name, who may wait for a hash while others are refused. It opens nothing.
 */
final class RightLately {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MOST = 1_000;
    private static final byte[] NONE = new byte[32];

    private final byte[] key = new byte[32];
    private final Map<String, byte[]> prints = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    RightLately() {
        new SecureRandom().nextBytes(key);
    }

    void note(String account, CharSequence password) {
        byte[] print = print(account, password);
        synchronized (prints) {
            prints.put(account, print);
        }
    }

    boolean has(String account, CharSequence password) {
        byte[] print = print(account, password);
        synchronized (prints) {
            return MessageDigest.isEqual(prints.getOrDefault(account, NONE), print);
        }
    }

    private byte[] print(String account, CharSequence password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(account.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java", impossible);
        }
    }
}

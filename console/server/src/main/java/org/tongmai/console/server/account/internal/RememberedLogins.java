package org.tongmai.console.server.account.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tongmai.console.server.account.Account;

/**
 * Remembers verified name and password pairs for a short time, as an HMAC under a key of this run, so that a machine
 * that polls does not have its password hashed on every request. Holds no password.
 */
public final class RememberedLogins {
    private static final int MOST = 1_000;

    private final Duration time;
    private final byte[] key = new byte[32];
    private final Map<String, Remembered> logins = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };

    /** @param time how long; zero remembers nothing */
    public RememberedLogins(Duration time) {
        this.time = time;
        new SecureRandom().nextBytes(key);
    }

    public Optional<Account> find(String name, CharSequence password) {
        String print = print(name, password);
        synchronized (logins) {
            Remembered found = logins.get(print);
            if (found == null) {
                return Optional.empty();
            }
            if (System.nanoTime() - found.until() > 0) {
                logins.remove(print);
                return Optional.empty();
            }
            return Optional.of(found.account());
        }
    }

    public void remember(Account account, CharSequence password) {
        if (!time.isZero()) {
            String print = print(account.name(), password);
            synchronized (logins) {
                logins.put(print, new Remembered(account, System.nanoTime() + time.toNanos()));
            }
        }
    }

    /** Forgets what is remembered of the account, because its password, roles or state changed. */
    public void forget(String name) {
        synchronized (logins) {
            logins.values().removeIf(login -> login.account().name().equals(JdbcAccounts.canonical(name)));
        }
    }

    private String print(String name, CharSequence password) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(JdbcAccounts.canonical(name).getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", impossible);
        }
    }

    private record Remembered(Account account, long until) {}
}

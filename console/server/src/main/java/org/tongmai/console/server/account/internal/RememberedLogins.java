package org.tongmai.console.server.account.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Logins.Attempt;

/**
 * Remembers verified logins for a short time, as an HMAC under a key of this run, so that a machine that polls does not
 * have its password hashed on every request. What came with a one-time code is remembered together with it and with the
 * address it came from: one code serves the requests of that time from there. Holds no password and no code.
 */
public final class RememberedLogins {
    private static final int MOST = 1_000;
    private static final int TURNS = 64;

    private final Duration time;
    private final byte[] key = new byte[32];
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();
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

    public Optional<Account> find(Attempt attempt) {
        String print = print(attempt);
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

    public void remember(Account account, Attempt attempt) {
        if (!time.isZero()) {
            String print = print(attempt);
            synchronized (logins) {
                logins.put(print, new Remembered(account, System.nanoTime() + time.toNanos()));
            }
        }
    }

    /**
     * What to hold while a login with a code is verified: of those that come at once the first uses the code up, and the
     * others find it remembered.
     */
    Object turn(Attempt attempt) {
        return turns[Math.floorMod(Objects.hash(attempt.name(), attempt.code(), attempt.address()), TURNS)];
    }

    /** Forgets what is remembered of the account, because its password, roles or state changed. */
    public void forget(String name) {
        synchronized (logins) {
            logins.values().removeIf(login -> login.account().name().equals(AccountRows.canonical(name)));
        }
    }

    private String print(Attempt attempt) {
        String code = attempt.code().isEmpty() ? "" : attempt.code() + " " + attempt.address();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (String part : List.of(AccountRows.canonical(attempt.name()), code, attempt.password())) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", impossible);
        }
    }

    private record Remembered(Account account, long until) {}
}

package org.tongmai.console.server.account.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.ConsoleSettings;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Accounts in PostgreSQL, schema {@code console}. */
public final class JdbcAccounts implements Accounts {
    private static final int LEAST_LENGTH = 12;
    private static final int LEAST_DIFFERENT = 6;
    private static final int MOST_DOUBLINGS = 4;

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final ConsoleSettings settings;
    private final InstantSource clock;
    private final Consumer<String> changed;
    private final CompletableFuture<String> hashOfNobody;
    // Hashing is made to be slow: a flood of wrong passwords must not take every core from the messages.
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /** @param changed told the name of an account whose password, roles or state changed */
    public JdbcAccounts(JdbcClient jdbc, PasswordEncoder encoder, ConsoleSettings settings, Consumer<String> changed) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.settings = settings;
        this.clock = InstantSource.system();
        this.changed = changed;
        this.hashOfNobody = CompletableFuture.supplyAsync(() -> encoder.encode("nobody"));
    }

    @Override
    public Optional<Account> find(String name) {
        return jdbc.sql("select * from console.account where name = ?")
                .param(canonical(name))
                .query((row, number) -> account(row))
                .optional();
    }

    @Override
    public Optional<Account> verify(String name, CharSequence password) {
        Optional<Account> account = find(name).filter(Account::enabled);
        if (account.isPresent() && account.get().lockedAt(clock.instant())) {
            return Optional.empty();
        }
        String hash = account.map(a -> hash(a.name())).orElseGet(hashOfNobody::join);
        if (!matches(password, hash) || account.isEmpty()) {
            account.ifPresent(this::countFailure);
            return Optional.empty();
        }
        if (account.get().failedAttempts() > 0) {
            jdbc.sql("update console.account set failed_attempts = 0, locked_until = null where name = ?")
                    .param(account.get().name())
                    .update();
        }
        return account;
    }

    private boolean matches(CharSequence password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            hashing.release();
        }
    }

    private void countFailure(Account account) {
        int failures = jdbc.sql("update console.account set failed_attempts = failed_attempts + 1"
                        + " where name = ? returning failed_attempts")
                .param(account.name())
                .query(Integer.class)
                .single();
        int beyond = failures - settings.failuresBeforeLock();
        if (beyond >= 0) {
            Duration lock = settings.lock().multipliedBy(1L << Math.min(beyond, MOST_DOUBLINGS));
            jdbc.sql("update console.account set locked_until = ? where name = ?")
                    .param(Timestamp.from(clock.instant().plus(lock)))
                    .param(account.name())
                    .update();
        }
    }

    @Override
    public void changePassword(String name, CharSequence password) {
        String account = canonical(name);
        refuseWeak(account, password);
        change(account, "password_hash = ?, failed_attempts = 0, locked_until = null", encoder.encode(password));
    }

    private static void refuseWeak(String name, CharSequence password) {
        long different = password.chars().distinct().count();
        boolean named = password.toString().toLowerCase(Locale.ROOT).contains(name);
        if (password.length() < LEAST_LENGTH || different < LEAST_DIFFERENT || named || password.length() > 72) {
            throw new CodedException(Issue.of(
                    ConsoleError.WEAK_PASSWORD,
                    "password",
                    "found: " + password.length() + " characters, " + different + " different; expected: 12 to 72, 6"
                            + " different, without the account's name"));
        }
    }

    @Override
    public void changeRoles(String name, Set<Role> roles) {
        change(canonical(name), "roles = ?", words(roles));
    }

    @Override
    public void enable(String name) {
        change(canonical(name), "enabled = ?, failed_attempts = 0, locked_until = null", true);
    }

    @Override
    public void disable(String name) {
        change(canonical(name), "enabled = ?", false);
    }

    private void change(String name, String assignment, Object value) {
        jdbc.sql("update console.account set " + assignment + ", changed_at = now() where name = ?")
                .param(value)
                .param(name)
                .update();
        changed.accept(name);
    }

    static String canonical(String name) {
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }

    static String words(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().collect(Collectors.joining(" "));
    }

    private String hash(String name) {
        return jdbc.sql("select password_hash from console.account where name = ?")
                .param(name)
                .query(String.class)
                .optional()
                .orElseGet(hashOfNobody::join);
    }

    private static Account account(ResultSet row) throws SQLException {
        Timestamp locked = row.getTimestamp("locked_until");
        Instant lockedUntil = locked == null ? null : locked.toInstant();
        Set<Role> roles = Arrays.stream(row.getString("roles").split(" "))
                .filter(word -> !word.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toSet());
        return new Account(
                row.getString("name"), roles, row.getBoolean("enabled"), row.getInt("failed_attempts"), lockedUntil);
    }
}

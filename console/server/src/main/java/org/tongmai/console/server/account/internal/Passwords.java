package org.tongmai.console.server.account.internal;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.PasswordRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Hashes passwords, refuses weak ones and those an account had lately. */
public final class Passwords {
    private static final PasswordRule RULE = PasswordRule.IN_FORCE;
    /** Those kept beside the present one. */
    private static final int FORMER = RULE.former() - 1;

    /** Half a second or so of hashing; who waits keeps a thread that messages and probes need. */
    private static final int MOST_WAITING = 10;

    /** Fewer than half of the threads there are. */
    private static final int MOST_KNOWN_WAITING = 50;

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final RightLately lately = new RightLately();
    private final RandomPasswords random = new RandomPasswords();
    private final CompletableFuture<String> hashOfNobody;
    // Hashing is made to be slow: a flood of wrong passwords must not take every core from the messages.
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    public Passwords(JdbcClient jdbc, PasswordEncoder encoder) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.hashOfNobody = CompletableFuture.supplyAsync(() -> encoder.encode("nobody"));
    }

    /**
     * Whether the account has this password now; as slow for an account that is not there.
     *
     * @throws CodedException {@link ConsoleError#TOO_MANY_LOGINS} when as many wait as may
     */
    boolean isPresent(String account, CharSequence password) {
        return isPresent(account, password, MOST_WAITING);
    }

    /** Whether it was right when it was last right, which costs no hash and tells nothing by its time. */
    boolean wasRight(String account, CharSequence password) {
        return lately.has(account, password);
    }

    /** The same for who is known: waits for its turn where who is not would be refused. */
    boolean isPresentInTurn(String account, CharSequence password) {
        return isPresent(account, password, MOST_KNOWN_WAITING);
    }

    private boolean isPresent(String account, CharSequence password, int most) {
        if (hashing.getQueueLength() >= most) {
            throw Floods.tooMany("waiting: " + most);
        }
        String hash = jdbc.sql("select password_hash from console.account where name = ?")
                .param(account)
                .query(String.class)
                .optional()
                .orElseGet(hashOfNobody::join);
        boolean right = matches(password, hash);
        if (right) {
            lately.note(account, password);
        }
        return right;
    }

    private boolean matches(CharSequence password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            hashing.release();
        }
    }

    String hash(CharSequence password) {
        return encoder.encode(password);
    }

    String random() {
        return random.next();
    }

    void refuseWeak(String account, CharSequence password) {
        long different = password.chars().distinct().count();
        boolean named = password.toString().toLowerCase(Locale.ROOT).contains(account);
        int bytes = password.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        long classes = PasswordClasses.of(password);
        boolean small = password.length() < RULE.leastLength() || different < RULE.leastDifferent();
        if (small || classes < RULE.leastClasses() || named || bytes > RULE.mostBytes()) {
            throw refusal("found: " + password.length() + " characters, " + different + " different, of " + classes
                    + " classes; expected: " + RULE.leastLength() + " or more (at most " + RULE.mostBytes()
                    + " bytes), "
                    + RULE.leastDifferent() + " different, of " + RULE.leastClasses()
                    + " of the 4 classes small letters, capitals, digits and others, without the account's name");
        }
    }

    void refuseUsed(String account, CharSequence password) {
        boolean used = jdbc
                .sql("select password_hash from console.account where name = ? union all (select password_hash from"
                        + " console.former_password where account = ? order by id desc limit ?)")
                .param(account)
                .param(account)
                .param(FORMER)
                .query(String.class)
                .list()
                .stream()
                .anyMatch(hash -> matches(password, hash));
        if (used) {
            throw refusal("found: one of the last five of this account; expected: another");
        }
    }

    /** Keeps the present hash, as far as it will be asked for. */
    void keepPresent(String account) {
        jdbc.sql("insert into console.former_password (account, password_hash)"
                        + " select name, password_hash from console.account where name = ?")
                .param(account)
                .update();
        jdbc.sql("delete from console.former_password where account = ? and id not in (select id from"
                        + " console.former_password where account = ? order by id desc limit ?)")
                .param(account)
                .param(account)
                .param(FORMER)
                .update();
    }

    private static CodedException refusal(String detail) {
        return new CodedException(Issue.of(ConsoleError.WEAK_PASSWORD, "password", detail));
    }
}

package org.tongmai.console.server.account.internal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.commons.codec.binary.Base32;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.SecondFactorKey;
import org.tongmai.console.server.account.SecondFactors;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Second factors in the database: the secret sealed, the last step that was taken, digests of recovery codes. */
public final class TotpFactors implements SecondFactors {
    /** RFC 4226, section 4, R6: 160 bits are recommended. */
    private static final int SECRET_BYTES = 20;

    /** A secret that is shown and not confirmed lies about no longer. */
    private static final Duration BEGUN = Duration.ofMinutes(10);

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;

    private final Parts parts;
    private final Consumer<String> changed;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** What it works on. */
    public record Parts(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            Accounts accounts,
            SecondFactorKey key,
            Failures failures) {}

    /** @param changed told the name of an account whose sessions end */
    public TotpFactors(Parts parts, Consumer<String> changed, InstantSource clock) {
        this.parts = parts;
        this.changed = changed;
        this.clock = clock;
    }

    @Override
    public Enrolment begin(String name) {
        boolean machine = parts.accounts().find(name).map(Account::machine).orElse(true);
        byte[] secret = bytes(SECRET_BYTES);
        int begun = machine
                ? 0
                : parts.jdbc()
                        .sql("update console.account set second_factor = ?, second_factor_step = 0,"
                                + " second_factor_begun_at = ? where name = ? and not second_factor_confirmed")
                        .param(parts.key().key().seal(secret, context(name)))
                        .param(Timestamp.from(clock.instant()))
                        .param(name)
                        .update();
        if (begun == 0) {
            throw new CodedException(Issue.of(
                    ConsoleError.SECOND_FACTOR_STATE,
                    "",
                    "found: a machine's account, or one with a second factor; expected: a person's without one"));
        }
        String typed = new Base32().encodeAsString(secret);
        return new Enrolment(
                typed, "otpauth://totp/Tongmai:" + name + "?secret=" + typed + "&issuer=Tongmai&digits=6&period=30");
    }

    @Override
    public List<String> confirm(String name, String code) {
        byte[] sealed = begun(name);
        OptionalLong step =
                sealed == null ? OptionalLong.empty() : TotpCode.step(open(sealed, name), code, clock.instant());
        if (step.isEmpty()) {
            if (sealed != null) {
                parts.failures().count(name); // who has the session only guesses as at the login
            }
            throw new CodedException(Issue.of(
                    ConsoleError.BAD_CODE,
                    "code",
                    "expected: the 6 digits the authenticator shows now, within ten minutes of its secret"));
        }
        List<String> recovery = new ArrayList<>();
        parts.transactions().executeWithoutResult(status -> {
            int confirmed = parts.jdbc()
                    .sql("update console.account set second_factor_confirmed = true, second_factor_step = ?,"
                            + " changed_at = now(), generation = generation + 1"
                            + " where name = ? and second_factor = ? and not second_factor_confirmed")
                    .params(step.getAsLong(), name, sealed)
                    .update();
            if (confirmed == 0) {
                throw new CodedException(Issue.of(
                        ConsoleError.SECOND_FACTOR_STATE, "", "found: changed meanwhile; expected: one at a time"));
            }
            forgetRecovery(name);
            for (int i = 0; i < RECOVERY_CODES; i++) {
                String made = new Base32().encodeAsString(bytes(RECOVERY_BYTES));
                parts.jdbc()
                        .sql("insert into console.recovery_code (account, digest) values (?, ?)")
                        .params(name, digest(name, made))
                        .update();
                recovery.add(made.replaceAll("(.{4})(?!$)", "$1-"));
            }
        });
        changed.accept(name);
        return recovery;
    }

    /** Takes a code, if it is right and was not taken before on any node. */
    boolean use(String name, String code) {
        if (!TotpCode.isOne(code)) {
            return useRecovery(name, code);
        }
        byte[] sealed = sealed(name, "second_factor_confirmed");
        OptionalLong step =
                sealed == null ? OptionalLong.empty() : TotpCode.step(open(sealed, name), code, clock.instant());
        return step.isPresent()
                && parts.jdbc()
                                .sql("update console.account set second_factor_step = ?"
                                        + " where name = ? and second_factor = ? and second_factor_step < ?")
                                .params(step.getAsLong(), name, sealed, step.getAsLong())
                                .update()
                        == 1;
    }

    private boolean useRecovery(String name, String code) {
        String plain = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return parts.jdbc()
                        .sql("delete from console.recovery_code where account = ? and digest = ?")
                        .params(name, digest(name, plain))
                        .update()
                == 1;
    }

    @Override
    public void remove(String name) {
        parts.transactions().executeWithoutResult(status -> {
            parts.jdbc()
                    .sql("update console.account set second_factor = null, second_factor_confirmed = false,"
                            + " second_factor_step = 0, changed_at = now(), generation = generation + 1 where name = ?")
                    .param(name)
                    .update();
            forgetRecovery(name);
        });
        changed.accept(name);
    }

    private void forgetRecovery(String name) {
        parts.jdbc()
                .sql("delete from console.recovery_code where account = ?")
                .param(name)
                .update();
    }

    /** The secret that waits to be confirmed; null when there is none any more, or the account is locked. */
    private byte[] begun(String name) {
        Instant now = clock.instant();
        boolean locked = parts.accounts()
                .find(name)
                .map(account -> account.lockedAt(now))
                .orElse(true);
        return locked
                ? null
                : sealed(
                        name,
                        "not second_factor_confirmed and second_factor_begun_at > ?",
                        Timestamp.from(now.minus(BEGUN)));
    }

    private byte[] sealed(String name, String state, Object... values) {
        return parts.jdbc()
                .sql("select second_factor from console.account where name = ? and second_factor is not null and "
                        + state)
                .param(name)
                .params(values)
                .query((row, number) -> row.getBytes(1))
                .optional()
                .orElse(null);
    }

    private byte[] open(byte[] sealed, String name) {
        return parts.key().key().open(sealed, context(name));
    }

    private static byte[] context(String name) {
        return ("console.account/" + name + "/second-factor").getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String name, String code) {
        return Sm3.hex((name + ":" + code).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return bytes;
    }
}

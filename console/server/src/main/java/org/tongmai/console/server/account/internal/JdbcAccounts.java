package org.tongmai.console.server.account.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.tongmai.console.server.ConsoleError;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Accounts;
import org.tongmai.console.server.account.Role;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Accounts in PostgreSQL, schema {@code console}. */
public final class JdbcAccounts implements Accounts {
    /** As the table's constraint. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,62}");

    private static final int MOST_OF_A_NAME = 64;

    private static final String UNLOCKED = "failed_attempts = 0, locked_until = null";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Passwords passwords;
    private final Consumer<String> changed;

    /** @param changed told the name of an account whose sessions end, after the change is committed */
    public JdbcAccounts(
            JdbcClient jdbc, TransactionTemplate transactions, Passwords passwords, Consumer<String> changed) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.changed = changed;
    }

    @Override
    public Optional<Account> find(String name) {
        return jdbc.sql("select * from console.account where name = ?")
                .param(AccountRows.canonical(name))
                .query((row, number) -> AccountRows.account(row))
                .optional();
    }

    @Override
    public List<Account> all() {
        return jdbc.sql("select * from console.account order by name")
                .query((row, number) -> AccountRows.account(row))
                .list();
    }

    @Override
    public String create(String name, String displayName, Set<Role> roles) {
        if (!NAME.matcher(name).matches()) {
            throw new CodedException(Issue.of(
                    ConsoleError.BAD_ACCOUNT_NAME,
                    "name",
                    "found: " + shortened(name) + "; expected: 2 to 63 of a-z 0-9 . _ -, a letter first"));
        }
        refuseTogether(roles);
        String called = displayName(displayName);
        String password = passwords.random();
        int made = jdbc.sql("insert into console.account (name, display_name, password_hash, roles, one_time_password)"
                        + " values (?, ?, ?, ?, true) on conflict do nothing")
                .params(name, called, passwords.hash(password), AccountRows.words(roles))
                .update();
        if (made == 0) {
            throw new CodedException(Issue.of(
                    ConsoleError.ACCOUNT_EXISTS, "name", "found: " + name + "; expected: a name that is free"));
        }
        return password;
    }

    private static void refuseTogether(Set<Role> roles) {
        long administrators =
                roles.stream().filter(Role.ADMINISTRATORS::contains).count();
        long machines = roles.stream().filter(Role::machine).count();
        if (roles.isEmpty() || administrators > 1 || machines > 0 && machines < roles.size()) {
            throw new CodedException(Issue.of(
                    ConsoleError.BAD_ROLES,
                    "roles",
                    "found: " + (roles.isEmpty() ? "none" : AccountRows.words(roles)) + "; expected: at least one, at"
                            + " most one administrator of the three, those of machines apart from those of people"));
        }
    }

    private static String displayName(String word) {
        String called = word.strip();
        if (called.length() > MOST_OF_A_NAME || called.codePoints().anyMatch(JdbcAccounts::isUnseen)) {
            throw new CodedException(Issue.of(
                    ConsoleError.BAD_DISPLAY_NAME,
                    "displayName",
                    "found: " + called.length() + " characters; expected: at most " + MOST_OF_A_NAME
                            + ", none of control or format"));
        }
        return called;
    }

    /** One that turns the direction of what follows would show another name than is written. */
    private static boolean isUnseen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public void changeDisplayName(String name, String displayName) {
        jdbc.sql("update console.account set display_name = ? where name = ?")
                .params(displayName(displayName), existing(name))
                .update();
    }

    @Override
    public void loggedIn(String name) {
        jdbc.sql("update console.account set last_login_at = now() where name = ?")
                .param(name)
                .update();
    }

    private static String shortened(String word) {
        return word.length() > 64 ? word.substring(0, 64) + "…" : word;
    }

    @Override
    public void changePassword(String name, CharSequence password) {
        String account = existing(name);
        passwords.refuseWeak(account, password);
        passwords.refuseUsed(account, password);
        setPassword(account, password, "one_time_password = false");
    }

    @Override
    public String resetPassword(String name) {
        String account = existing(name);
        String password = passwords.random();
        setPassword(account, password, "one_time_password = true");
        return password;
    }

    private void setPassword(String account, CharSequence password, String kind) {
        String hash = passwords.hash(password);
        transactions.executeWithoutResult(status -> {
            passwords.keepPresent(account);
            set(account, "password_hash = ?, password_changed_at = now(), " + kind + ", " + UNLOCKED, hash);
        });
        changed.accept(account);
    }

    @Override
    public void changeRoles(String name, Set<Role> roles) {
        String account = existing(name);
        refuseTogether(roles);
        transactions.executeWithoutResult(status -> {
            if (!roles.contains(Role.SECURITY_ADMINISTRATOR)) {
                refuseWithoutSecurity(account);
            }
            set(account, "roles = ?", AccountRows.words(roles));
        });
        changed.accept(account);
    }

    @Override
    public void enable(String name) {
        String account = existing(name);
        set(account, "enabled = ?, " + UNLOCKED, true);
        changed.accept(account);
    }

    @Override
    public void disable(String name) {
        String account = existing(name);
        transactions.executeWithoutResult(status -> {
            refuseWithoutSecurity(account);
            set(account, "enabled = ?", false);
        });
        changed.accept(account);
    }

    /** Holds the rows of all who govern accounts until the end of the transaction: of two that go at once, one stays. */
    private void refuseWithoutSecurity(String going) {
        List<String> governing = jdbc.sql("select name from console.account where enabled and ? ="
                        + " any (string_to_array(roles, ' ')) order by name for update")
                .param(Role.SECURITY_ADMINISTRATOR.name())
                .query(String.class)
                .list();
        if (governing.equals(List.of(going))) {
            throw new CodedException(Issue.of(
                    ConsoleError.LAST_SECURITY_ADMINISTRATOR,
                    "name",
                    "found: the only one enabled; expected: another one before"));
        }
    }

    @Override
    public void unlock(String name) {
        jdbc.sql("update console.account set " + UNLOCKED + " where name = ?")
                .param(existing(name))
                .update();
    }

    @Override
    public void endSessions(String name) {
        String account = existing(name);
        set(account, "enabled = enabled");
        changed.accept(account);
    }

    private String existing(String name) {
        return find(name)
                .map(Account::name)
                .orElseThrow(() -> new CodedException(
                        Issue.of(ConsoleError.NO_SUCH_ACCOUNT, "name", "expected: one of GET /api/accounts")));
    }

    /** Changes the row, and with its generation ends what was built on it. */
    private void set(String name, String assignment, Object... values) {
        jdbc.sql("update console.account set " + assignment
                        + ", changed_at = now(), generation = generation + 1 where name = ?")
                .params(values)
                .param(name)
                .update();
    }
}

package org.tongmai.console.server.account.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.console.server.account.Account;
import org.tongmai.console.server.account.Role;

/** Reads rows of the table of accounts. */
final class AccountRows {
    private AccountRows() {}

    static Account account(ResultSet row) throws SQLException {
        Set<Role> roles = Arrays.stream(row.getString("roles").split(" "))
                .filter(word -> !word.isEmpty())
                .map(Role::valueOf)
                .collect(Collectors.toSet());
        return new Account(
                row.getString("name"),
                roles,
                row.getBoolean("enabled"),
                new Account.Locking(row.getInt("failed_attempts"), instant(row, "locked_until")),
                new Account.Credentials(
                        row.getTimestamp("password_changed_at").toInstant(),
                        row.getBoolean("one_time_password"),
                        row.getBoolean("second_factor_confirmed")),
                new Account.Person(row.getString("display_name"), instant(row, "last_login_at")),
                row.getLong("generation"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    /** Empty, which nobody is called, for what no account can be called: the database would take some of it for no text. */
    static String canonical(String name) {
        boolean possible = name != null && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return possible ? name.toLowerCase(Locale.ROOT) : "";
    }

    static String words(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().collect(Collectors.joining(" "));
    }
}

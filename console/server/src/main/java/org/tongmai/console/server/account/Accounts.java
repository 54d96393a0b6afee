package org.tongmai.console.server.account;

import java.util.Optional;
import java.util.Set;

/** Keeps the accounts. */
public interface Accounts {
    Optional<Account> find(String name);

    /**
     * Verifies a password, counts failures and locks. Takes as long for an unknown name as for a known one.
     *
     * @return the account, or empty when the name or password is wrong, or the account is locked or disabled
     */
    Optional<Account> verify(String name, CharSequence password);

    /**
     * Sets a new password and forgets failures and remembered logins.
     *
     * @throws org.tongmai.standards.error.CodedException when it is shorter than 12 characters, has fewer than 6
     *     different ones or contains the account's name
     */
    void changePassword(String name, CharSequence password);

    /** Gives the account exactly these roles. */
    void changeRoles(String name, Set<Role> roles);

    void enable(String name);

    void disable(String name);
}

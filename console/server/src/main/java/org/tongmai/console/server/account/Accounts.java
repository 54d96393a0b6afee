package org.tongmai.console.server.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the accounts. What changes the password, the roles or the state of one ends its sessions and remembered logins on
 * every node. Methods that name an account that is not there refuse with
 * {@link org.tongmai.console.server.ConsoleError#NO_SUCH_ACCOUNT}.
 */
public interface Accounts {
    /** @param name in any case */
    Optional<Account> find(String name);

    /** All, by name. */
    List<Account> all();

    /**
     * Makes an account.
     *
     * @param displayName as {@link #changeDisplayName} takes it
     * @return its one-time password, which is told once and counts only for changing it
     * @throws org.tongmai.standards.error.CodedException when there is one of this name, or one of the three breaks
     *     a rule
     */
    String create(String name, String displayName, Set<Role> roles);

    /**
     * Says what its user is called; this ends no session.
     *
     * @param displayName up to 64 characters, none of control; empty for nothing
     */
    void changeDisplayName(String name, String displayName);

    /** Notes that a login of it was verified just now. */
    void loggedIn(String name);

    /**
     * Sets a new password and forgets failures.
     *
     * @throws org.tongmai.standards.error.CodedException when it is shorter than 12 characters, has fewer than 6
     *     different ones, contains the account's name, or is one of the last five
     */
    void changePassword(String name, CharSequence password);

    /** @return a new one-time password, as {@link #create} does */
    String resetPassword(String name);

    /**
     * Gives the account exactly these roles.
     *
     * @throws org.tongmai.standards.error.CodedException when two of them stand apart, or nobody would be left who
     *     governs accounts
     */
    void changeRoles(String name, Set<Role> roles);

    void enable(String name);

    /** @throws org.tongmai.standards.error.CodedException when nobody would be left who governs accounts */
    void disable(String name);

    /** Forgets failed logins. */
    void unlock(String name);

    void endSessions(String name);
}

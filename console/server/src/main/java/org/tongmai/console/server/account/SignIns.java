package org.tongmai.console.server.account;

/** Is told of logins whose password was verified, not of those that are remembered. */
public interface SignIns {
    /**
     * The login is right and takes effect after this.
     *
     * @param from details of the request, as Spring Security keeps them
     * @throws org.tongmai.standards.error.CodedException when it must not take effect
     */
    void signedIn(String account, Object from);

    /** The password is right, and nothing came of it yet: a one-time code is asked for. */
    void codeNeeded(String account, Object from);

    /** @param account empty for a name that no account has: people type passwords there */
    void refused(String account, Object from);

    /** Nobody looked at the login, since too many came. */
    void tooMany(Object from);

    /** Too many failures: the account is locked for a while. */
    void locked(String account);
}

package org.tongmai.console.server.account;

import java.util.Objects;

/** Judges names, passwords and one-time codes; counts failures, for a day, and locks. */
public interface Logins {
    /** Takes as long for an unknown name as for a known one. */
    Outcome check(Attempt attempt);

    /**
     * Asks who is logged in for the present password once more; judged as a login is, and a wrong one counts as a failed one.
     *
     * @param attempt its code is not looked at
     * @throws org.tongmai.standards.error.CodedException unless it is the present one
     */
    void demandPassword(Attempt attempt);

    /** How an attempt ended. */
    enum Verdict {
        RIGHT,
        /** Wrong, or the account is locked, disabled or not there: nobody is told which. */
        WRONG,
        /** The password was right, and the account asks for a one-time code too. */
        CODE_NEEDED
    }

    /** @param account null unless the verdict is {@link Verdict#RIGHT} */
    record Outcome(Verdict verdict, Account account) {}

    /**
     * What somebody brings. Prints none of it.
     *
     * @param code one-time code or recovery code, empty for none
     * @param address where it comes from
     */
    record Attempt(String name, String password, String code, String address) {
        public Attempt {
            Objects.requireNonNull(name, "name");
            password = password == null ? "" : password;
            code = code == null ? "" : code.strip();
            address = address == null ? "" : address;
        }

        @Override
        public String toString() {
            return "Attempt";
        }
    }
}

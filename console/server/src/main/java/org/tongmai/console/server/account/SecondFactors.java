package org.tongmai.console.server.account;

import java.util.List;

/** Second factors: one-time codes by time (RFC 6238: SHA-1, 6 digits, 30 seconds) and recovery codes. For people only. */
public interface SecondFactors {
    /**
     * Makes a secret that counts once it is confirmed.
     *
     * @throws org.tongmai.standards.error.CodedException when there is a second factor already, or for a machine
     */
    Enrolment begin(String account);

    /**
     * Puts the secret in force with a code made of it within ten minutes, and ends the account's sessions. Wrong codes count
     * as failed logins do.
     *
     * @return ten recovery codes, told once; each counts once in the place of a code
     * @throws org.tongmai.standards.error.CodedException when the code is not the one of now, or the account is locked
     */
    List<String> confirm(String account, String code);

    /** Takes the second factor and the recovery codes away, and ends the account's sessions. */
    void remove(String account);

    /**
     * What an authenticator is told. Prints none of it.
     *
     * @param secret in base 32, to be typed
     * @param uri {@code otpauth://totp/…}, to be scanned
     */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment";
        }
    }
}
